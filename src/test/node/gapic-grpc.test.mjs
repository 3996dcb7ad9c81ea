// Google's generated clients over plaintext gRPC.

import { GoogleAuth, PassThroughClient } from 'google-auth-library';
import { grpc } from 'google-gax';
import { grpcPort } from './emulator.mjs';
import { laws } from './gapic.mjs';

laws({
  project: 'gapic-grpc',
  number: '100000000002',
  to: {
    apiEndpoint: '127.0.0.1',
    port: grpcPort,
    sslCreds: grpc.credentials.createInsecure(),
    auth: new GoogleAuth({ authClient: new PassThroughClient() }),
  },
});

// A program of somebody who knows nothing of kleos-iam: calls an API as whoever the Application
// Default Credentials are.

import { GoogleAuth } from 'google-auth-library';

const auth = new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloud-platform'] });
const { data } = await auth.request({ url: process.argv[2] });
console.log(data.name);

/// Rows that belong together: what `ROWS=` names.
@FunctionalInterface
interface Rows {
  void measure(Setting setting, Table table) throws Exception;
}

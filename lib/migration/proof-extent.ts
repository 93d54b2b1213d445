/** How the copy of a database is compared with its source. */
export enum ProofExtent {
  /** All rows of every table, by count and checksum. */
  FULL = 'full',

  /**
   * Of tables of 1 GiB or more all rows are counted, and one of a hundred, chosen by the hash of its primary key, is
   * compared; of all others every row, and of tables without primary key. The report names each such table.
   */
  SAMPLE = 'sample',
}

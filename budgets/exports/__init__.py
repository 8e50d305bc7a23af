"""Downloads: one definition of columns and rows per export, written as CSV, JSON, XLSX or Parquet."""

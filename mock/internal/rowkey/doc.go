// Package rowkey owns how the keys of rows are written: such that they sort as the rows are listed.
package rowkey

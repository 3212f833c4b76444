// Package readfile owns how files that users name are read: regular ones, of bounded size. A pipe or a device may never
// begin, or never end; a folder is no text. A link to a regular file is one.
package readfile

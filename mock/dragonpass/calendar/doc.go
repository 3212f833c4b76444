// Package calendar owns days of the week, months and years as the vendor counts them.
package calendar

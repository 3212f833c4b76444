// Package client owns what a client of the vendor is: its credentials, what it may use, and how v2 shows itself to it.
package client

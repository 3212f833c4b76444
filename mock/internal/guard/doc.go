// Package guard owns the question who may come to the control plane, and what pages in browsers may do: there, and on the
// vendor's surface, which is open to them.
//
// With a token, whoever sends it may come, pages of every origin among them: the token is the guard, so cross-origin calls
// are answered as browsers ask for it. Without one everybody may come but pages: any page that somebody opens could call a
// port of their machine. Pages show themselves in two ways. A page of another origin sends an Origin that is not the
// server's. A page whose name was made to mean 127.0.0.1 (DNS rebinding) has the server's origin, but names it by a name
// that is none of the loopback's; a server that listens there alone takes no other name.
//
// A server that listens on more, as in a container, is called by names that nobody can list. There only an Origin tells a
// page from a client, and only a name that nobody can register is believed to be the server's own.
package guard

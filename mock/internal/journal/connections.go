package journal

import (
	"context"
	"net"
	"sync/atomic"
)

// Connections numbers the physical connections of a server and counts the requests on each. The zero value is ready.
type Connections struct{ n atomic.Int64 }

// Arrival says on which physical connection a request came. A client that repeats a request by itself, because the
// connection it kept was dropped, shows as a second arrival elsewhere.
type Arrival struct {
	Connection int64 `json:"connection,omitzero"` // counts from 1; 0 if the server does not say
	Attempt    int   `json:"attempt,omitzero"`    // which request of the connection it is, from 1
	Reused     bool  `json:"reused"`              // the connection had carried another request before
}

type connection struct {
	id       int64
	requests atomic.Int64
}

type connectionKey struct{}

// ConnContext is the ConnContext of an http.Server.
func (c *Connections) ConnContext(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, &connection{id: c.n.Add(1)})
}

// Arrive counts a request on the connection of its context, so call it once for each. It is zero when the server does
// not number its connections, as with a recorder.
func Arrive(ctx context.Context) Arrival {
	c, ok := ctx.Value(connectionKey{}).(*connection)
	if !ok {
		return Arrival{}
	}
	n := int(c.requests.Add(1))
	return Arrival{Connection: c.id, Attempt: n, Reused: n > 1}
}

// Package wire owns how an answer gets to its client when a fault rule has decided about it: slowly, malformed, cut off, or
// not at all.
package wire

import (
	"bytes"
	"context"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"

	"dragonmock/mock/internal/fault"
)

// Sleep waits for d, or until ctx ends, which is its error. No lock may be held meanwhile.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Write sends an answer as the decision has it: whole, slowly, malformed, cut off, or not at all. Header replaces w's
// of the same names. A connection that cannot be taken over is ended by a panic with [http.ErrAbortHandler], so what
// must happen after an answer belongs before it or into a defer.
func Write(d fault.Decision, w http.ResponseWriter, r *http.Request, status int, header http.Header, body []byte) error {
	return write(d, w, r, status, header, body, Sleep)
}

type sleep func(context.Context, time.Duration) error

func write(d fault.Decision, w http.ResponseWriter, r *http.Request, status int, header http.Header, body []byte, wait sleep) error {
	if d.Drop != "" {
		Drop(w)
		return nil
	}
	maps.Copy(w.Header(), header)
	if !fault.TakesBody(status) {
		w.Header().Del("Content-Length")
		w.WriteHeader(status)
		return nil
	}
	if d.Malformed {
		body = garble(body)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	sent := body
	if d.Truncate {
		sent = body[:min(d.Keep, len(body))]
	}
	if r.Method == http.MethodHead {
		sent = nil
	}
	if err := send(d, w, r, sent, wait); err != nil {
		return err
	}
	if d.Truncate {
		_ = http.NewResponseController(w).Flush() // a writer that cannot flush cannot be taken over either
		hangUp(w, false)
	}
	return nil
}

// ticks is how many pieces a second a slow body is sent in.
const ticks = 10

// send writes a body, at the pace of SlowBody. It waits before each piece, so that the last byte comes when its time is
// up.
func send(d fault.Decision, w http.ResponseWriter, r *http.Request, body []byte, wait sleep) error {
	if d.SlowBody <= 0 {
		_, err := w.Write(body)
		return err
	}
	control := http.NewResponseController(w)
	_ = control.Flush() // the header goes at once; a writer that cannot flush sends all at the end
	at := func(n int) time.Duration {
		return time.Duration(float64(n) / float64(d.SlowBody) * float64(time.Second))
	}
	piece := max(1, d.SlowBody/ticks)
	for from := 0; from < len(body); from += piece {
		to := min(from+piece, len(body))
		if err := wait(r.Context(), at(to)-at(from)); err != nil {
			return err
		}
		if _, err := w.Write(body[from:to]); err != nil {
			return err
		}
		_ = control.Flush()
	}
	return nil
}

// Drop ends the connection without an answer, so that the client sees a reset. A connection that cannot be taken over is
// ended by a panic with [http.ErrAbortHandler].
func Drop(w http.ResponseWriter) { hangUp(w, true) }

// hangUp closes the connection under w, on TCP with a reset if so wanted.
func hangUp(w http.ResponseWriter, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if reset {
		inner := conn
		if tls, ok := conn.(interface{ NetConn() net.Conn }); ok {
			inner = tls.NetConn() // closing TLS would say good-bye first
		}
		if tcp, ok := inner.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		conn = inner
	}
	_ = conn.Close()
}

// garble makes of a body what is no JSON: half an object, list or string is none, and nor is anything that opens an
// object and does not close it.
func garble(body []byte) []byte {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) > 1 && bytes.IndexByte([]byte(`{["`), trimmed[0]) >= 0 {
		return trimmed[:len(trimmed)/2]
	}
	return append([]byte("{"), trimmed...)
}

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// conn is a keep-alive connection. It knows just enough HTTP for our servers: net/http's client would cost more than
// what is measured.
type conn struct {
	net.Conn
	in *bufio.Reader
}

// lifetime bounds a connection, so that a server that hangs ends the run.
const lifetime = 2 * time.Minute

func dial(addr string) (*conn, error) {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(time.Now().Add(lifetime)); err != nil {
		return nil, err
	}
	return &conn{c, bufio.NewReaderSize(c, 16<<10)}, nil
}

// request writes a whole request.
func request(method, host, path, token string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, host)
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	if body != nil {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

var (
	statusOK      = []byte("HTTP/1.1 200 ")
	contentLength = []byte("Content-Length: ")
)

// do sends a request and returns the body, which is good until the next call. Any status but 200 is an error.
func (c *conn) do(request []byte) (body []byte, err error) {
	if _, err := c.Write(request); err != nil {
		return nil, err
	}
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	ok, failed := bytes.HasPrefix(status, statusOK), ""
	if !ok {
		failed = string(status)
	}
	length := -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if len(line) == 2 {
			break
		}
		if value, found := bytes.CutPrefix(line, contentLength); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return nil, err
			}
		}
	}
	if length < 0 {
		return nil, fmt.Errorf("an answer without Content-Length")
	}
	if body, err = c.in.Peek(length); err != nil {
		return nil, err
	}
	if _, err := c.in.Discard(length); err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s%s", failed, body)
	}
	return body, nil
}

// success is in every answer that the vendor calls one.
var success = []byte(`"code":0`)

// drive sends the requests in turn over so many connections, each request as soon as the one before is answered, and
// gives every answer to seen. It ends when the window has passed or the requests have run out, and returns how many were
// answered in which time. Any answer but a success is an error.
func drive(addr string, conns int, window time.Duration, requests [][]byte, seen func(i int, body []byte)) (n int, elapsed time.Duration, err error) {
	var next, done atomic.Int64
	var group sync.WaitGroup
	errs := make(chan error, conns)
	open := make([]*conn, conns)
	for i := range open {
		if open[i], err = dial(addr); err != nil {
			return 0, 0, err
		}
		defer open[i].Close()
	}
	began := time.Now()
	for _, c := range open {
		group.Go(func() {
			n := int64(0)
			defer func() { done.Add(n) }()
			for time.Since(began) < window {
				i := int(next.Add(1) - 1)
				if i >= len(requests) {
					return
				}
				body, err := c.do(requests[i])
				if err == nil && !bytes.Contains(body, success) {
					err = fmt.Errorf("no success: %s", body)
				}
				if err != nil {
					errs <- err
					return
				}
				if seen != nil {
					seen(i, body)
				}
				n++
			}
		})
	}
	group.Wait()
	elapsed = time.Since(began)
	select {
	case err := <-errs:
		return 0, 0, err
	default:
		return int(done.Load()), elapsed, nil
	}
}

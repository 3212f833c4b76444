package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// conn is a keep-alive connection. It knows just enough HTTP for our servers: net/http's client would cost more than
// what is measured.
type conn struct {
	net.Conn
	in   *bufio.Reader
	body []byte
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
	return &conn{Conn: c, in: bufio.NewReaderSize(c, 16<<10)}, nil
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
	chunked       = []byte("Transfer-Encoding: chunked\r\n") // as Go, Node and Jetty write it
)

// do sends a request and returns the body, which is good until the next call. Any status but 200 is an error.
func (c *conn) do(request []byte) ([]byte, error) {
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
	length, inChunks := 0, false
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
		inChunks = inChunks || bytes.Equal(line, chunked)
	}
	c.body = c.body[:0]
	if inChunks {
		err = c.readChunks()
	} else {
		err = c.read(length)
	}
	if err == nil && !ok {
		err = fmt.Errorf("%s%s", failed, c.body)
	}
	return c.body, err
}

// read appends so many bytes to the body.
func (c *conn) read(n int) error {
	before := len(c.body)
	c.body = slices.Grow(c.body, n)[:before+n]
	_, err := io.ReadFull(c.in, c.body[before:])
	return err
}

// readChunks reads a body as net/http sends what is longer than its buffer.
func (c *conn) readChunks() error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if err := c.read(int(n)); err != nil {
			return err
		}
		if _, err := c.in.Discard(2); err != nil || n == 0 {
			return err
		}
	}
}

// codeSuccess is in every answer that the vendor calls a success.
var codeSuccess = []byte(`"code":0`)

// source gives the request of a number, from 0; nil: there is none left. It is asked by many at once.
type source func(i int) []byte

// once gives each request once.
func once(requests [][]byte) source {
	return func(i int) []byte {
		if i >= len(requests) {
			return nil
		}
		return requests[i]
	}
}

// cycle gives the requests in turn, without end.
func cycle(requests ...[]byte) source { return func(i int) []byte { return requests[i%len(requests)] } }

// driven is what came of a number of calls.
type driven struct {
	elapsed   time.Duration
	latencies spread // ms, in no order
}

// rate is the calls a second.
func (d driven) rate() float64 { return float64(len(d.latencies)) / d.elapsed.Seconds() }

// drive sends the requests over so many connections, each as soon as the one before is answered, and gives every answer
// to seen. It ends when the window has passed or the requests have run out. Any answer but a success is an error.
func drive(
	addr string, conns int, window time.Duration, requests source, seen func(i int, body []byte),
) (driven, error) {
	var next atomic.Int64
	began := time.Now()
	return overConns(addr, conns, func(c *conn, answered func(since time.Time)) error {
		for time.Since(began) < window {
			i := int(next.Add(1) - 1)
			request := requests(i)
			if request == nil {
				return nil
			}
			sent := time.Now()
			body, err := c.success(request)
			if err != nil {
				return err
			}
			answered(sent)
			if seen != nil {
				seen(i, body)
			}
		}
		return nil
	})
}

// pace sends so many requests a second, however long the answers take: how late one comes is counted from when its
// request was due, whether a connection was free then or not.
func pace(addr string, conns, rate int, window time.Duration, requests source) (driven, error) {
	due := make(chan time.Time, int(window.Seconds()*float64(rate))+1) // never full
	numbers := atomic.Int64{}
	go func() {
		defer close(due)
		began, apart := time.Now(), time.Second/time.Duration(rate)
		for at := began; at.Before(began.Add(window)); at = at.Add(apart) {
			time.Sleep(time.Until(at))
			due <- at
		}
	}()
	return overConns(addr, conns, func(c *conn, answered func(since time.Time)) error {
		for at := range due {
			if _, err := c.success(requests(int(numbers.Add(1) - 1))); err != nil {
				return err
			}
			answered(at)
		}
		return nil
	})
}

// overConns does something over each of so many connections at once, and collects how long what was answered took.
func overConns(addr string, conns int, do func(c *conn, answered func(since time.Time)) error) (driven, error) {
	open := make([]*conn, conns)
	for i := range open {
		c, err := dial(addr)
		if err != nil {
			return driven{}, err
		}
		defer c.Close()
		open[i] = c
	}
	var group sync.WaitGroup
	errs, took := make([]error, conns), make([]spread, conns)
	began := time.Now()
	for i, c := range open {
		group.Go(func() {
			errs[i] = do(c, func(since time.Time) { took[i] = append(took[i], milliseconds(time.Since(since))) })
		})
	}
	group.Wait()
	return driven{time.Since(began), slices.Concat(took...)}, errors.Join(errs...)
}

// success is [conn.do], and refuses any answer that the vendor does not call a success.
func (c *conn) success(request []byte) ([]byte, error) {
	body, err := c.do(request)
	if err == nil && !bytes.Contains(body, codeSuccess) {
		err = fmt.Errorf("no success: %s", body)
	}
	return body, err
}

package server

import (
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/readfile"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/symbols"
)

// Config is what a server is made with.
type Config struct {
	Errors      *symbols.Table
	Strict      bool // an answer that breaks its contract is an internal error
	Log         *slog.Logger
	Folder      string                                // of scenarios; empty: none
	World       []Setting                             // of the default world; a reload applies them again
	BodyTimeout time.Duration                         // that the body of a request may take; 0: the default
	Proxy       func(*http.Request) (*url.URL, error) // of callbacks; nil: none
	Roots       *x509.CertPool                        // whom callbacks trust; nil: whom the system trusts

	Reach        Reach
	ControlToken string // lets callers into the control plane; empty: all are let in but pages of other origins
	State        string // the state file; empty: none
	Release      string // the version of the program
	TellEnded    bool   // the account of the server is of worlds that have ended, too
}

// Setting is something that is said of a world.
type Setting func(*stage.Settings) error

// Reach is where the control plane is served.
type Reach int

// The places of the control plane.
const (
	Beside Reach = iota // the vendor's surface
	Apart               // on a port of its own
	Off                 // nowhere
)

// SetReach says where the control plane is served. It cannot be both apart and nowhere.
func (c *Config) SetReach(where Reach) error {
	if c.Reach != Beside && c.Reach != where {
		return errors.New("the control plane is served apart, or not at all: expected one of the two")
	}
	c.Reach = where
	return nil
}

// SetFolder takes the folder of scenario files, which has a name.
func (c *Config) SetFolder(path string) error {
	return setNamed(&c.Folder, path, "a folder of scenario files")
}

// SetState takes the state file, which has a name.
func (c *Config) SetState(path string) error { return setNamed(&c.State, path, "a file for the state") }

// SetProxy takes the HTTP proxy of callbacks, by its absolute URL.
func (c *Config) SetProxy(at string) error {
	u, err := caller.AbsoluteURL(at)
	c.Proxy = http.ProxyURL(u)
	return err
}

// SetRoots takes a file of certificates (PEM) that callbacks trust beside those of the system.
func (c *Config) SetRoots(path string) (err error) {
	c.Roots, err = caller.ReadRoots(path)
	return err
}

// SetErrors puts the rows of a file in place of those of the error catalogue.
func (c *Config) SetErrors(path string) error {
	data, err := readfile.Read(path, readfile.Text)
	if err != nil {
		return err
	}
	with, err := c.Errors.With(path, data)
	if err == nil {
		c.Errors = with
	}
	return err
}

// SetControlToken takes the token of the control plane, which is one word.
func (c *Config) SetControlToken(token string) error {
	if token == "" || strings.ContainsAny(token, " \t\r\n") {
		return errors.New("control token: expected one word")
	}
	c.ControlToken = token
	return nil
}

// SetBodyTimeout takes how long a body may take.
func (c *Config) SetBodyTimeout(d time.Duration) error {
	if d <= 0 {
		return errors.New("expected a time of more than 0 for a body to arrive")
	}
	c.BodyTimeout = d
	return nil
}

func setNamed(field *string, path, what string) error {
	if path == "" {
		return errors.New("expected " + what + ", got an empty name")
	}
	*field = path
	return nil
}

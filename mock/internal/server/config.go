package server

import (
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/stage"
)

// Config is what a server is made with.
type Config struct {
	Errors      *contract.Errors
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

// SetFolder takes the folder of scenario files, which has a name.
func (c *Config) SetFolder(path string) error {
	return setNamed(&c.Folder, path, "a folder of scenario files")
}

// SetState takes the state file, which has a name.
func (c *Config) SetState(path string) error { return setNamed(&c.State, path, "a file for the state") }

func setNamed(field *string, path, what string) error {
	if path == "" {
		return errors.New("expected " + what + ", got an empty name")
	}
	*field = path
	return nil
}

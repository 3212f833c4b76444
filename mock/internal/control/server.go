package control

import (
	"strings"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/nearest"
)

func (p *plane) readHealth(*dispatch.Call) (dispatch.Reply, error) {
	body, err := json.Marshal(health{"ok", p.Release, p.Host.Count()})
	return dispatch.File(envelope.ContentType, body), err
}

type health struct {
	Status  string `json:"status"`
	Version string `json:"version"`
	Worlds  int    `json:"worlds"`
}

func (p *plane) readDocument(c *dispatch.Call) (dispatch.Reply, error) {
	name := c.Path.Get("file")
	data, err := p.Files(name)
	if err != nil { // the documents are part of the program: there is none of that name
		return dispatch.Reply{}, dragonpass.Refuse(dragonpass.RouteNotFound, "no document %s%s; there are %s",
			name, nearest.DidYouMean(name, p.FileNames), strings.Join(p.FileNames, ", "))
	}
	return dispatch.File("application/yaml", data), nil
}

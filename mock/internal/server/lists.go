package server

import (
	"cmp"
	"io/fs"
	"slices"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/lobby"
	"dragonmock/openapi"
)

// documentsPath is where the published documents are.
const documentsPath = control.Prefix + "/openapi"

// documents are the names of the published documents.
func documents() []string {
	names, err := fs.Glob(openapi.Files, "*")
	if err != nil {
		panic(err) // the pattern is no pattern
	}
	return names
}

// entrance lists what a client of the vendor's port finds: the bases, the documents of the versions, and the control plane
// where it is [Beside] them.
func (s *Server) entrance() []lobby.Entry {
	var list []lobby.Entry
	for _, v := range s.shipped.Versions {
		list = append(list, lobby.Entry{Call: "ANY " + v.Bases[0] + "/*", Is: "the vendor's API, " + v.Name + "; " + v.Bases[0] + " is its base"})
	}
	if s.config.Reach == Beside {
		list = append(list,
			lobby.Entry{Call: "GET " + documentsPath, Is: "the documents"},
			lobby.Entry{Call: "GET " + control.Prefix, Is: "the control plane"},
			lobby.Entry{Call: "GET " + metricsPath, Is: "metrics, for Prometheus"})
	}
	return append(list, lobby.Entry{Call: "GET " + healthPath, Is: "whether the server is ready"})
}

// verbs lists the operations of the control plane, by their paths.
func (s *Server) verbs() []lobby.Entry {
	operations := slices.Clone(s.shipped.Control.Operations())
	slices.SortFunc(operations, func(a, b *contract.Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	list := []lobby.Entry{{Call: "GET " + documentsPath, Is: "the documents; " + openapi.Control + " describes what follows"}, {Call: "GET " + metricsPath, Is: "metrics, for Prometheus"}}
	for _, op := range operations {
		list = append(list, lobby.Entry{Call: op.Method + " " + control.Prefix + op.Path, Is: op.ID})
	}
	return list
}

// shelf lists the published documents.
func shelf() []lobby.Entry {
	var list []lobby.Entry
	for _, name := range documents() {
		list = append(list, lobby.Entry{Call: "GET " + documentsPath + "/" + name, Is: name})
	}
	return list
}

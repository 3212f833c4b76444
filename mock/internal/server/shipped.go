package server

import (
	"maps"
	"net/http"
	"slices"
	"sync"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	v1 "dragonmock/mock/internal/api/v1"
	v2 "dragonmock/mock/internal/api/v2"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/world"
	"dragonmock/openapi"
	"dragonmock/scenarios"
)

// version is a version of the vendor's API: its document, and what answers it.
type version struct {
	file string
	make func(*contract.Document) dispatch.Version
}

// versions are all versions that there are. Nothing else names one. The first shows orders, resources and callbacks to
// the test author.
func versions() []version {
	return []version{
		{openapi.V1, v1.Version},
		{openapi.V2, v2.Version},
	}
}

// Shipped is what the program brings with it. It never changes, so servers share it. What the first request does not need is
// read when it is first asked for.
type Shipped struct {
	Versions []dispatch.Version
	Control  *contract.Document
	Errors   *symbols.Table
	Catalog  *catalog.Catalog
	Stage    *stage.Stage
}

// Resource shows a resource to the test author: the first version those that it knows, the last one all others.
func (s Shipped) Resource(r dragonpass.Resource) any {
	if r.Module.Lifestyle() {
		return s.Versions[len(s.Versions)-1].Resource(r)
	}
	return s.Versions[0].Resource(r)
}

// Callback writes the body of an event: the first version has those without a kind, the last one all others.
func (s Shipped) Callback(e store.Event) ([]byte, error) {
	if e.News.Kind == "" {
		return s.Versions[0].Callback(e)
	}
	return s.Versions[len(s.Versions)-1].Callback(e)
}

// Load is what the program brings with it.
var Load = sync.OnceValue(func() Shipped {
	s := Shipped{
		Control: document(openapi.Control), Catalog: catalog.Shipped(),
		Errors: symbols.Open(func() ([]byte, error) { return openapi.Files.ReadFile(openapi.Errors) }),
	}
	for _, v := range versions() {
		s.Versions = append(s.Versions, v.make(document(v.file)))
	}
	s.Stage = stage.New(stage.Config{
		Catalog: s.Catalog, Errors: s.Errors, Schema: scenarios.Schema, Shipped: scenarios.Files,
		Calls: func() stage.Calls {
			return stage.Calls{Operations: operations(s.Versions), Verbs: operationsOf(s.Control, ""), Callback: callbackFields(s.Versions)}
		},
		Known:  known(s.Versions, s.Errors, s.Catalog),
		Shared: world.Shared{Due: due(), Returned: outbox.GiveAllBack},
	})
	return s
})

// document opens a published document.
func document(name string) *contract.Document {
	return contract.Open(openapi.Digests()[name], func() ([]byte, error) { return openapi.Files.ReadFile(name) })
}

// operations are what scenario files may call.
func operations(versions []dispatch.Version) []scenario.Operation {
	var list []scenario.Operation
	for _, v := range versions {
		list = append(list, operationsOf(v.Document, v.Name)...)
	}
	return list
}

// operationsOf are the operations of one document as scenarios know them.
func operationsOf(document *contract.Document, version string) (list []scenario.Operation) {
	for _, op := range document.Operations() {
		list = append(list, scenario.Operation{
			ID: op.ID, Method: op.Method, Path: op.Path, Version: version, Query: op.Parameters("query"), Headers: op.Parameters("header"), Body: op.Fields(),
			Answer: op.AnswerFields(http.StatusOK), Failure: op.FailureFields(), AnswerHeaders: op.AnswerHeaders,
		})
	}
	return list
}

// known is what fault rules may name: the operations of all versions, the sending of a callback, and what the catalogue
// has. Worlds have the same hubs and resources: a scenario changes resources, and adds none.
func known(versions []dispatch.Version, errors *symbols.Table, catalog *catalog.Catalog) fault.Known {
	var surfaces []directory.Surface
	for _, v := range versions {
		surfaces = append(surfaces, directory.Surface{Version: v.Name, Bases: v.Bases, Operations: v.Document.Operations})
	}
	sent := func() (sent []*contract.Operation) {
		for _, v := range versions {
			for _, op := range v.Document.Callbacks() {
				telling := *op
				telling.ID, telling.Method = told(op), http.MethodPost
				telling.Path = "/" + telling.ID
				sent = append(sent, &telling)
			}
		}
		return sent
	}
	return fault.Known{
		Operations: directory.New(append(surfaces, directory.Surface{Operations: sent})...), Callback: outbox.Operation, Events: news.Names(), Errors: sync.OnceValue(errors.VendorSymbols),
		Status: func(symbol string) int { return errors.Row(dragonpass.Code(symbol)).Status },
		IDs: func(parameter string) (ids []string) {
			switch parameter {
			case "resourceId":
				return catalog.ResourceIDs()
			case "transportHubId":
				for _, hub := range catalog.Hubs() {
					ids = append(ids, hub.TransportHubID)
				}
			}
			return ids
		},
	}
}

// callbackFields are the members of events, as JSON pointers.
func callbackFields(versions []dispatch.Version) (fields []string) {
	for _, v := range versions {
		for _, op := range v.Document.Callbacks() {
			fields = append(fields, op.Fields()...)
		}
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// told is what fault rules call the sending of an event.
func told(callback *contract.Operation) string {
	if kind := v2.Told(callback.ID); kind != "" {
		return kind
	}
	return outbox.Operation
}

// due is what happens when something becomes due.
func due() map[string]world.DueHandler {
	all := booking.Due()
	maps.Copy(all, outbox.Due())
	return all
}

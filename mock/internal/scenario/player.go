package scenario

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"
)

// Player plays files against a server that speaks the vendor's API.
type Player struct {
	Client     *http.Client
	Bases      map[string]string // where v1 and v2 are, without a trailing slash
	Control    string            // the base of the control plane; empty: the server is not this mock
	Who        Credentials       // whom to be where there is no control plane to make a world
	Operations []Operation
	Verbs      []Operation         // of the control plane, whose paths begin with [worldPath]
	Errors     map[string]ErrorRow // by symbol
	Callback   []string            // the members of a callback, as those of answers

	// Judge says what is wrong with a fault rule, in JSON: reasons by their pointers into the rule. Nil: nothing is.
	Judge func(rule []byte) map[string]string

	// Sign makes a token without a call of its own, so that a world sees nothing but the steps; without it, or without
	// issuer and key, the token endpoint is asked.
	Sign func(issuer, key string) (string, error)
	Now  func() time.Time // how long steps take, and what day it is
	GoOn bool             // go on after a step has failed
}

// Credentials are those of a client.
type Credentials struct {
	ClientID  string `json:"clientId"`
	Secret    string `json:"secret"`
	Issuer    string `json:"issuer"`
	Key       string `json:"key"`
	ProgramID string `json:"programId"`
}

// worldLifetime ends a world that its player could not, when nobody has used it for so long.
const worldLifetime = "10m"

// run is one file while it is played.
type run struct {
	*Player
	file  *File
	world string // the base of its world in the control plane; empty without control plane
	token string
	names names
	gone  error // the server could not be reached, which no fault rule does; nil: it could
}

// Play plays one file that was checked, in a world of its own. What goes wrong is in the report.
func (p *Player) Play(ctx context.Context, f *File) FileReport {
	start := p.Now()
	report := FileReport{Path: f.Path, Name: f.Name, Outcome: Held}
	if reason := p.unplayable(f); reason != "" {
		report.Outcome, report.Reason = Skipped, reason
		return report
	}
	r := &run{Player: p, file: f, names: names{values: map[string]any{}, start: start}}
	if err := r.open(ctx); err != nil {
		report.Outcome, report.Reason, report.Untried = Failed, err.Error(), err
	} else {
		for _, s := range f.Steps {
			report.add(r.step(ctx, s, report.Outcome))
		}
		report.Untried = r.gone
	}
	// The world ends even when the play was called off.
	if err := r.close(context.WithoutCancel(ctx)); err != nil && report.Outcome == Held {
		report.Outcome, report.Reason = Failed, err.Error()
	}
	report.Duration = p.Now().Sub(start)
	return report
}

// unplayable says why a file cannot be played here; empty when it can.
func (p *Player) unplayable(f *File) string {
	if len(f.Steps) == 0 {
		return "it has no steps"
	}
	if p.Control != "" {
		return ""
	}
	if len(f.needs) > 0 {
		return fmt.Sprintf("%s is for the mock alone", f.needs[0])
	}
	for _, s := range f.Steps {
		if !s.calls() && !s.skipOnTarget {
			at := f.place(s.pointer)
			return fmt.Sprintf("the step at line %d (%s) is for the mock alone, and not marked skipOn: target", at.Line, s.Kind)
		}
	}
	return ""
}

// open makes the world, and a token for it.
func (r *run) open(ctx context.Context) error {
	who := r.Who
	if r.Control != "" {
		var world struct {
			Credentials
			ID    string         `json:"id"`
			Given map[string]any `json:"given"`
		}
		ask := map[string]any{"scenario": rawJSON(r.file.world), "lifetime": worldLifetime}
		err := r.control(ctx, http.MethodPost, r.Control+"/worlds", ask, &world)
		if err != nil {
			return fmt.Errorf("the world could not be made: %w", err)
		}
		r.world, who = r.Control+"/worlds/"+world.ID, world.Credentials
		maps.Copy(r.names.values, world.Given)
		if clock, err := time.Parse(time.RFC3339, r.file.Given.Clock); err == nil {
			r.names.start = clock
		}
	}
	r.names.values[clientName] = map[string]any{
		"clientId": who.ClientID, "secret": who.Secret, "issuer": who.Issuer, "key": who.Key, "programId": who.ProgramID,
	}
	var err error
	if r.Sign != nil && who.Issuer != "" && who.Key != "" {
		r.token, err = r.Sign(who.Issuer, who.Key)
	} else {
		r.token, err = r.askToken(ctx, who)
	}
	if err != nil {
		return fmt.Errorf("no access token: %w", err)
	}
	return nil
}

// close deletes the world.
func (r *run) close(ctx context.Context) error {
	if r.world == "" {
		return nil
	}
	if err := r.control(ctx, http.MethodDelete, r.world, nil, nil); err != nil {
		return fmt.Errorf("the world could not be deleted: %w", err)
	}
	return nil
}

// step does one step, unless it is not for this server or one before it has failed.
func (r *run) step(ctx context.Context, s Step, before Outcome) StepReport {
	at := r.file.place(s.pointer)
	report := StepReport{Name: s.Name, Line: at.Line, Column: at.Column, Asks: s.Asks, Outcome: Held, pointer: s.pointer}
	switch {
	case s.skipOnTarget && r.Control == "":
		report.Outcome, report.Problems = Skipped, []string{"it is for the mock alone"}
		return report
	case before == Failed && !r.GoOn:
		report.Outcome, report.Problems = Skipped, []string{"a step before it failed"}
		return report
	case ctx.Err() != nil:
		report.Outcome, report.Problems, report.unasked = Failed, []string{ctx.Err().Error()}, true
		return report
	}
	start := r.Now()
	if s.calls() {
		r.call(ctx, s, &report)
	} else {
		r.controlStep(ctx, s, &report)
	}
	report.Duration = r.Now().Sub(start)
	report.unasked = report.unasked || r.gone != nil
	switch {
	case len(report.Problems) > 0 && report.unasked && before == Failed:
		report.Outcome = Skipped
		report.Problems = []string{"a step before it failed, and without it this one cannot be sent: " + strings.Join(report.Problems, "; ")}
	case len(report.Problems) > 0:
		report.Outcome = Failed
	}
	return report
}

// judge holds an answer against what the step expects of it, and saves what it names.
func (r *run) judge(s Step, a answer, report *StepReport) {
	report.Came = a.String()
	expect, err := r.names.fill(anyMap(s.Expect))
	if err != nil {
		report.fail("%v", err)
		return
	}
	want, _ := expect.(map[string]any)
	m := r.expected(want, a, s.pointer+"/expect")
	report.mismatches = m
	for _, miss := range m {
		report.fail("%s", miss)
	}
	if len(m) > 0 {
		report.Diff = difference(want, a)
		return
	}
	for name, path := range s.Save {
		value, err := dig(a.body, path)
		if err != nil {
			report.fail("save %s: %v", name, err)
			continue
		}
		r.names.values[name] = value
	}
}

// anyMap is the map as a value; nil stays nil.
func anyMap(m map[string]any) any {
	if m == nil {
		return nil
	}
	return m
}

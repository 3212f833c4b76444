package dragonpass_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
)

func TestError_ManyComplaints_AreJoined(t *testing.T) {
	e := dragonpass.RefuseAll(dragonpass.PassengerInfoRequired,
		dragonpass.Complaint{Field: "prebookingRequiredInfo.email", Text: "expected an e-mail address"},
		dragonpass.Complaint{Text: "nobody is named"},
		dragonpass.Complaint{Field: "ePassId", Text: "no E-pass 7"},
	)
	assert.Equal(t, "prebookingRequiredInfo.email: expected an e-mail address; nobody is named; ePassId: no E-pass 7", e.Message())
	assert.Equal(t, "PASSENGER_INFO_REQUIRED: "+e.Message(), e.Error())
	pointer := func(field string) string { return "/extra/" + strings.ReplaceAll(field, ".", "/") }
	assert.Equal(t, "/extra/prebookingRequiredInfo/email: expected an e-mail address; nobody is named; /extra/ePassId: no E-pass 7", e.Render(pointer))
}

func TestRefuse_Instants_AreRFC3339InUTC(t *testing.T) {
	london := zone(t, "Europe/London")
	when := at(t, "2025-09-01T08:00:00Z").In(london)
	args := []any{when, 7}
	e := dragonpass.Refuse(dragonpass.EPassExpired, "it ended at %s, %d", args...).By("A-041").Unless("a time before %v", when)
	assert.Equal(t, "it ended at 2025-09-01T08:00:00Z, 7", e.Message())
	assert.Equal(t, "a time before 2025-09-01T08:00:00Z", e.Remedy)
	assert.Equal(t, "A-041", e.Rule)
	assert.Equal(t, []any{when, 7}, args, "the caller's own slice is as it was")
	assert.Equal(t, "ePassId: 1 of 2", dragonpass.RefuseField(dragonpass.EPassExpired, "ePassId", "%d of %d", 1, 2).Message())
	assert.Equal(t, "100 % of 5s", dragonpass.Refuse(dragonpass.EPassExpired, "100 %% of %s", 5*time.Second).Message())
}

func TestSourceURL_Marks(t *testing.T) {
	for source, want := range map[string]string{
		"D/338945m0":              dragonpass.DocumentationURL + "/338945m0",
		"D/v1/338667m0":           dragonpass.DocumentationURL + "/v1/338667m0",
		dragonpass.SeedPage:       "",
		dragonpass.Playground:     "",
		"A-044":                   "",
		"contract":                "",
		dragonpass.TestVenue + "": "",
	} {
		assert.Equal(t, want, dragonpass.SourceURL(source), source)
	}
}

func TestSources_NamesEveryKindOfMark(t *testing.T) {
	for _, mark := range []string{dragonpass.SeedPage, dragonpass.TestVenue, "S ", "C ", "A-001", "contract", dragonpass.DocumentationURL} {
		assert.Contains(t, dragonpass.Sources, mark)
	}
}

func TestExplain(t *testing.T) {
	e := dragonpass.Refuse(dragonpass.OrderNotFound, "no order 7")
	assert.Equal(t, "ORDER_NOT_FOUND", e.Explain(""))
	assert.Equal(t, "ORDER_NOT_FOUND; rule A-001; satisfied by another order; a note", e.By("A-001").Unless("another order").Explain("a note"))
}

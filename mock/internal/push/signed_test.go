package push_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// posted is what a client got.
type posted struct {
	Token string `json:"token"`
	Body  string `json:"body"`
}

// receiver is a client that takes signed events.
func receiver(t *testing.T) (url string, all func() []posted) {
	var mu sync.Mutex
	var list []posted
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		list = append(list, posted{strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), string(body)})
		mu.Unlock()
		_, _ = io.WriteString(w, `{"status":"success"}`)
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func() []posted {
		mu.Lock()
		defer mu.Unlock()
		return list
	}
}

// forgeries are what can be wrong with a signature; the first is right.
var forgeries = []string{"", "unknownKey", "retiredKey", "expired", "altered", "unsigned"}

// signedEvents are an event of each kind of forgery, and the keys that are published.
func signedEvents(t *testing.T) (got []posted, jwks []byte) {
	t.Helper()
	url, all := receiver(t)
	srv, c := mocktest.Start(t, mock.WithEventURL("walkin.redemption", url))
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(20))
	for _, forge := range forgeries {
		if forge != "" {
			mocktest.Inject(t, w, mock.Fault{ID: forge, On: "walkin.redemption", Times: 1, Forge: forge})
		}
		_, err := w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
		_, err = w.Advance(0) // what it delivers is waited for
		require.NoError(t, err)
	}
	response, err := http.Get(srv.URL + "/_mock/worlds/default/eventKeys/jwks?event=walkin.redemption")
	require.NoError(t, err)
	defer response.Body.Close()
	jwks, err = io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Len(t, all(), len(forgeries))
	return all(), jwks
}

// verify verifies an event as a client does that has never heard of the library that signs.
func verify(p posted, published []byte) error {
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal(published, &keys); err != nil {
		return err
	}
	token, err := jwt.ParseSigned(p.Token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return err
	}
	found := keys.Key(token.Headers[0].KeyID)
	if len(found) != 1 {
		return errors.New("no such key")
	}
	var claims jwt.Claims
	var own struct {
		BodySHA256 string `json:"bodySha256"`
	}
	if err := token.Claims(found[0].Key, &claims, &own); err != nil {
		return err
	}
	if err := claims.ValidateWithLeeway(jwt.Expected{Issuer: "dragonpass", Time: time.Now()}, 0); err != nil {
		return err
	}
	if digest := sha256.Sum256([]byte(p.Body)); own.BodySHA256 != hex.EncodeToString(digest[:]) {
		return errors.New("another body was signed")
	}
	return nil
}

func TestPush_Signed_VerifiesAndForgedDoesNot(t *testing.T) {
	t.Parallel()
	got, jwks := signedEvents(t)
	for i, forge := range forgeries {
		err := verify(got[i], jwks)
		assert.Equal(t, forge == "", err == nil, "%q: %v", forge, err)
	}
	var body map[string]any
	require.NoError(t, json.Unmarshal([]byte(got[0].Body), &body))
	assert.Equal(t, "walkin.redemption", body["eventType"])
	assert.Equal(t, "2025-09-01T09:00:00+00:00", body["usageDate"], "local time, as the page has it")
	assert.Nil(t, body["orderCancelledDate"])
}

// TestPush_VerifiesInNode does the same with the package jose of npm, where DRAGONMOCK_JOSE says in which folder it is installed.
func TestPush_VerifiesInNode(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("DRAGONMOCK_JOSE")
	if folder == "" {
		t.Skip("DRAGONMOCK_JOSE names no folder in which npm has installed jose; .ci/run does")
	}
	got, jwks := signedEvents(t)
	input, err := json.Marshal(map[string]any{"events": got, "jwks": json.RawMessage(jwks)})
	require.NoError(t, err)
	script := filepath.Join(folder, "verify.mjs")
	require.NoError(t, os.WriteFile(script, []byte(`
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, jwtVerify } from 'jose';
const { events, jwks } = JSON.parse(readFileSync(0, 'utf8'));
const keys = createLocalJWKSet(jwks);
const out = [];
for (const { token, body } of events) {
  try {
    const { payload } = await jwtVerify(token, keys, { issuer: 'dragonpass', algorithms: ['RS256'] });
    out.push(payload.bodySha256 === createHash('sha256').update(body).digest('hex') ? 'good' : 'body');
  } catch (e) { out.push(e.code ?? String(e)); }
}
console.log(JSON.stringify(out));
`), 0o600))
	command := exec.Command("node", script)
	command.Stdin, command.Dir = bytes.NewReader(input), folder
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	require.NoError(t, err, said.String())
	var verdicts []string
	require.NoError(t, json.Unmarshal(out, &verdicts))
	require.Len(t, verdicts, len(forgeries))
	for i, forge := range forgeries {
		assert.Equal(t, forge == "", verdicts[i] == "good", "%q: %s", forge, verdicts[i])
	}
}

// TestPush_WhileKeysOverlap_EitherSigns: and afterwards the new one alone.
func TestPush_WhileKeysOverlap_EitherSigns(t *testing.T) {
	t.Parallel()
	url, all := receiver(t)
	srv, c := mocktest.Start(t, mock.WithEventURL("prebooking.statusChanged", url))
	w := srv.World()
	const event = "prebooking.statusChanged"
	keys, err := w.RotateEventKeys(event, 24*time.Hour)
	require.NoError(t, err)
	require.Len(t, keys, 2)
	_, err = w.RotateEventKeys(event, 0)
	assert.ErrorContains(t, err, "has two key sets until")
	pass := mocktest.EPassID(c.Issue(40))
	signers := func() map[string]int {
		for range 8 {
			c.Cancel(c.Booked(pass, "N00001", "2025-09-05T12:30", 1)["orderId"])
		}
		_, err := w.Advance(0)
		require.NoError(t, err)
		deliveries, err := w.Deliveries()
		require.NoError(t, err)
		by := map[string]int{}
		for _, d := range deliveries[len(deliveries)-16:] {
			by[d.KeyID]++
		}
		return by
	}
	both := signers()
	assert.Positive(t, both[keys[0].KeyID])
	assert.Positive(t, both[keys[1].KeyID])
	_, err = w.Advance(24 * time.Hour)
	require.NoError(t, err)
	assert.Equal(t, map[string]int{keys[1].KeyID: 16}, signers())
	now, err := w.EventKeys(event)
	require.NoError(t, err)
	require.Len(t, now, 1)
	assert.Equal(t, keys[1].KeyID, now[0].KeyID)
	assert.Contains(t, all()[0].Body, `"previousStatus":0,"currentStatus":1`)
	assert.Contains(t, all()[1].Body, `"previousStatus":1,"currentStatus":3`)
}

// TestPush_AcknowledgedOtherwise_IsTriedAgain: by the world's clock, and a client that missed it asks for it.
func TestPush_AcknowledgedOtherwise_IsTriedAgain(t *testing.T) {
	t.Parallel()
	inbox := mocktest.NewInbox(t, mocktest.Respond(http.StatusOK, "{}"))
	srv, c := mocktest.Start(t, mock.WithEventURL("walkin.redemption", inbox.URL))
	w := srv.World()
	_, err := w.WalkIn(mocktest.EPassID(c.Issue(1)), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	_, err = w.Advance(time.Minute)
	require.NoError(t, err)
	events, err := w.Events()
	require.NoError(t, err)
	require.Len(t, events, 2, "the callback of v1 is recorded too")
	assert.Equal(t, "recorded", events[0].State)
	assert.Equal(t, "delivered", events[1].State)
	require.Len(t, events[1].Attempts, 2)
	assert.Equal(t, `expected {"status":"success"}`, events[1].Attempts[0].Error)
	found := c.Get("/api/v2/event?startTime=2025-09-01T08:00:00Z&endTime=2025-09-01T08:00:00Z").OK()
	list, _ := found["events"].([]any)
	require.Len(t, list, 1)
	body, err := json.Marshal(list[0])
	require.NoError(t, err)
	assert.JSONEq(t, string(events[1].Payload), string(body))
	c.Get("/api/v2/event").Refused("INVALID_REQUEST")
	c.Get("/api/v2/event?startTime=2025-09-01T08:00:00Z&endTime=2025-09-01T07:00:00Z").Refused("INVALID_REQUEST")
	assert.Empty(t, c.Get("/api/v2/event?batchId=20250901T080000Z").OK()["events"])
}

// TestPush_OfChangedResources_IsOneSubscription: availability goes where metadata does, and each batch has an id of its own.
func TestPush_OfChangedResources_IsOneSubscription(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithEventURL("resource.metadata.updated", "sink"))
	w := srv.World()
	mocktest.PatchResource(t, w, "N00001", `{"resourceName":"Another Lounge"}`)
	mocktest.FillSlot(t, w, "C00001", "2025-09-04T11:00", 0)
	deliveries, err := w.Deliveries()
	require.NoError(t, err)
	require.Len(t, deliveries, 2)
	const head = `"sequence":1,"totalSequence":1,"updatedAt":"2025-09-01T08:00:00+00:00","programId":"18943"`
	assert.JSONEq(t, `{"eventType":"resource.metadata.updated","batchId":"20250901T080000Z",`+head+`,"module":1,"resources":["N00001"]}`, string(deliveries[0].Payload))
	assert.JSONEq(t, `{"eventType":"resource.availability.changed","batchId":"20250901T080001Z",`+head+`,"module":2,"resources":["C00001"]}`, string(deliveries[1].Payload))
	assert.Len(t, c.Get("/api/v2/event?batchId=20250901T080001Z").OK()["events"], 1)
	snapshot, err := w.Snapshot()
	require.NoError(t, err)
	require.NoError(t, w.LoadSnapshot(snapshot))
}

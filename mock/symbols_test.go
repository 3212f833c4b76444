package mock_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// stage is a fresh server, for one symbol.
type stage struct {
	*client
	w      *mock.World
	author *client // of the control plane
}

func (s stage) advance(d time.Duration) {
	s.t.Helper()
	_, err := s.w.Advance(d)
	require.NoError(s.t, err)
}

// ask asks for a place on the Thursday; edit changes the question.
func (s stage) ask(edit obj) answer {
	s.t.Helper()
	body := obj{"module": 1, "resourceId": "N00001", "prebookingDate": "2025-09-04T10:30", "adultCount": 1, "childCount": 0}
	for k, v := range edit {
		body[k] = v
	}
	return s.post("/resources/prebookings/availability", body)
}

// issueWith issues a pass of two usages; edit changes the request.
func (s stage) issueWith(path string, edit obj) answer {
	s.t.Helper()
	extra := obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2026-09-01T00:00:00+00:00", "availableUsages": 2}
	body := obj{"module": 1, "clientUserId": "u-1", "extra": extra}
	for k, v := range edit {
		if k == "module" {
			body[k] = v
		} else {
			extra[k] = v
		}
	}
	return s.post("/orders/"+path+"/ePasses", body)
}

// booked is an order of N00001 on the Thursday, and its pass.
func (s stage) booked() (pass string, order obj) {
	s.t.Helper()
	pass = ePassID(s.issue(3))
	return pass, s.book(pass, s.place(pass, "N00001", "2025-09-04T10:30", 1)).ok()
}

func (s stage) cancel(orderID any) answer {
	s.t.Helper()
	return s.call("PATCH", "/orders", obj{"status": 3, "orderId": orderID})
}

// redeem is the venue's door, by the control plane.
func (s stage) redeem(body obj) answer {
	s.t.Helper()
	return s.author.post("/_mock/worlds/default/redemptions", body)
}

func firstVoucher(order obj) any {
	return dig(order, "extra", "vouchersList").([]any)[0].(obj)["voucher"]
}

// raised holds one way to raise each symbol, by where the catalogue says it can be met.
var raised = map[string]map[string]func(stage) answer{
	"v1": {
		"TOKEN_MISSING": func(s stage) answer { s.token = ""; return s.get("/resources/N00001") },
		"TOKEN_INVALID": func(s stage) answer { s.token = "nonsense"; return s.get("/resources/N00001") },
		"TOKEN_EXPIRED": func(s stage) answer {
			token, err := s.w.SignedToken(time.Now().Add(-time.Second))
			require.NoError(s.t, err)
			s.token = token
			return s.get("/resources/N00001")
		},
		"CREDENTIALS_INVALID":    func(s stage) answer { return s.post("/auth/token", obj{"clientId": "DragonPass", "secret": "guess"}) },
		"PROGRAM_NOT_ALLOWED":    func(s stage) answer { return s.with("X-Program-ID", "1").get("/resources/N00001") },
		"LANGUAGE_NOT_ALLOWED":   func(s stage) answer { return s.get("/resources/N00001?language=fr-FR") },
		"INVALID_REQUEST":        func(s stage) answer { return s.post("/orders/ePasses/search", obj{}) },
		"MALFORMED_JSON":         func(s stage) answer { return s.post("/orders/ePasses/search", "{") },
		"MODULE_MISMATCH":        func(s stage) answer { return s.ask(obj{"resourceId": "C00001"}) },
		"ROUTE_NOT_FOUND":        func(s stage) answer { return s.get("/nowhere") },
		"METHOD_NOT_ALLOWED":     func(s stage) answer { return s.call("DELETE", "/orders", nil) },
		"BODY_TOO_LARGE":         func(s stage) answer { return s.post("/orders", strings.Repeat(" ", 1<<20+1)) },
		"UNSUPPORTED_MEDIA_TYPE": func(s stage) answer { return s.with("Content-Type", "text/plain").post("/orders/ePasses/search", "{}") },
		"REQUEST_ID_REUSED": func(s stage) answer {
			s.client = s.with("X-Request-ID", "r-1")
			s.issue(1)
			return s.cancel("DP1")
		},

		"EPASS_NOT_FOUND": func(s stage) answer { return s.post("/orders/ePasses/search", obj{"ePassId": "1788999999999999"}) },
		"EPASS_EXPIRED": func(s stage) answer {
			pass := ePassID(s.issueWith("lounges", obj{"expirationDate": "2025-09-04T09:29:59+00:00"}).ok())
			return s.ask(obj{"ePassId": pass})
		},
		"EPASS_CANCELLED": func(s stage) answer {
			pass := s.issue(1)
			s.cancel(pass["orderId"]).ok()
			return s.ask(obj{"ePassId": ePassID(pass)})
		},
		"EPASS_USAGES_EXHAUSTED": func(s stage) answer { return s.ask(obj{"ePassId": ePassID(s.issue(1)), "adultCount": 2}) },
		"EPASS_OUT_OF_SCOPE": func(s stage) answer {
			pass := s.issueWith("lounges", obj{"allowedResources": obj{"resourceId": []string{"N00012"}}}).ok()
			return s.ask(obj{"ePassId": ePassID(pass)})
		},
		"EPASS_IN_USE": func(s stage) answer {
			pass := s.issue(1)
			s.book(ePassID(pass), s.place(ePassID(pass), "N00001", "2025-09-04T10:30", 1)).ok()
			return s.cancel(pass["orderId"])
		},
		"CLIENT_USER_NAME_MISMATCH": func(s stage) answer {
			s.issue(1)
			return s.issueWith("lounges", obj{"lastName": "Byron"})
		},
		"EXPIRATION_INVALID": func(s stage) answer {
			return s.issueWith("lounges", obj{"expirationDate": "2025-09-01T08:00:00+00:00"})
		},

		"MEMBERSHIP_NOT_FOUND": func(s stage) answer { return s.post("/memberships/search", obj{"membershipId": "8888999999999999"}) },
		"MEMBERSHIP_NOT_ACTIVE": func(s stage) answer {
			id := s.register("u-1")["membershipId"]
			s.post("/memberships/update", obj{"membershipId": id, "status": 2}).ok()
			return s.post("/memberships/qrCodes", obj{"membershipId": id})
		},
		"MEMBERSHIP_TRANSITION_REFUSED": func(s stage) answer {
			return s.post("/memberships/update", obj{"membershipId": s.register("u-1")["membershipId"], "status": 0})
		},
		"ENTITLEMENTS_EXHAUSTED": func(s stage) answer {
			return s.ask(obj{"membershipId": s.register("u-1")["membershipId"], "module": 2, "resourceId": "C00001"})
		},
		"GUESTS_EXCEEDED": func(s stage) answer {
			return s.ask(obj{"membershipId": s.register("u-1")["membershipId"], "adultCount": 3})
		},

		"TRANSPORT_HUB_NOT_FOUND":  func(s stage) answer { return s.get("/transportHubs/A00009") },
		"RESOURCE_NOT_FOUND":       func(s stage) answer { return s.get("/resources/N99998") },
		"PREBOOKING_NOT_SUPPORTED": func(s stage) answer { return s.ask(obj{"resourceId": "R00001", "module": 3}) },
		"PREBOOKING_DATE_INVALID":  func(s stage) answer { return s.ask(obj{"prebookingDate": "2025-02-30T10:30"}) },
		"PASSENGERS_INVALID":       func(s stage) answer { return s.ask(obj{"adultCount": 0}) },
		"PASSENGER_INFO_REQUIRED": func(s stage) answer {
			pass := ePassID(s.issue(1))
			body := booking(pass, s.place(pass, "N00001", "2025-09-04T10:30", 1))
			delete(body["extra"].(obj), "prebookingRequiredInfo")
			return s.post("/orders/lounges/ePasses/prebooking", body)
		},
		"PREBOOKING_TOKEN_INVALID": func(s stage) answer { return s.book(ePassID(s.issue(1)), "nonsense") },
		"PREBOOKING_TOKEN_EXPIRED": func(s stage) answer {
			pass := ePassID(s.issue(1))
			token := s.place(pass, "N00001", "2025-09-04T10:30", 1)
			s.advance(10*time.Minute + time.Second)
			return s.book(pass, token)
		},
		"PREBOOKING_TOKEN_USED": func(s stage) answer {
			pass := ePassID(s.issue(2))
			token := s.place(pass, "N00001", "2025-09-04T10:30", 1)
			s.book(pass, token).ok()
			return s.book(pass, token)
		},
		"PREBOOKING_TOKEN_MISMATCH": func(s stage) answer {
			return s.book(ePassID(s.issue(1)), s.place(ePassID(s.issue(1)), "N00001", "2025-09-04T10:30", 1))
		},
		"SLOT_UNAVAILABLE": func(s stage) answer {
			token := s.place("", "N99912", "2025-09-04T10:30", 1)
			s.place(ePassID(s.issue(1)), "N99912", "2025-09-04T10:30", 1)
			return s.book(ePassID(s.issue(1)), token)
		},

		"ORDER_NOT_FOUND": func(s stage) answer { return s.cancel("DP99999999999999") },
		"ORDER_NOT_CANCELLABLE": func(s stage) answer {
			pass := ePassID(s.issue(1))
			return s.cancel(s.book(pass, s.place(pass, "N99907", "2025-09-04T10:30", 1)).ok()["orderId"])
		},
		"CANCELLATION_WINDOW_CLOSED": func(s stage) answer {
			_, order := s.booked()
			s.advance(49*time.Hour + 30*time.Minute + time.Second)
			return s.cancel(order["orderId"])
		},
		"ORDER_ALREADY_CANCELLED": func(s stage) answer {
			_, order := s.booked()
			s.cancel(order["orderId"]).ok()
			return s.cancel(order["orderId"])
		},
		"ORDER_ALREADY_USED": func(s stage) answer {
			_, order := s.booked()
			s.advance(73 * time.Hour)
			_, err := s.w.Redeem(firstVoucher(order).(string), dragonpass.Party{Adults: 1})
			require.NoError(s.t, err)
			return s.cancel(order["orderId"])
		},
	},
	"scenario": {
		"QR_CODE_EXPIRED": func(s stage) answer {
			code := s.post("/memberships/qrCodes", obj{"membershipId": s.register("u-1")["membershipId"]}).ok()["qrCode"]
			s.advance(301 * time.Second)
			return s.redeem(obj{"qrCode": code, "resourceId": "N00001", "adultCount": 1})
		},
		"WALK_IN_NOT_SUPPORTED": func(s stage) answer {
			pass := ePassID(s.issueWith("fastTrack", obj{"module": 2}).ok())
			return s.redeem(obj{"ePassId": pass, "resourceId": "C00001", "adultCount": 1})
		},
		"REDEMPTION_WINDOW_CLOSED": func(s stage) answer {
			_, order := s.booked()
			return s.redeem(obj{"voucher": firstVoucher(order), "adultCount": 1})
		},
		"VOUCHER_INVALID": func(s stage) answer { return s.redeem(obj{"voucher": "000000000000", "adultCount": 1}) },
		"PREBOOKING_FAILED": func(s stage) answer {
			pass := ePassID(s.issue(1))
			return s.book(pass, s.place(pass, "N99906", "2025-09-04T10:30", 1))
		},
	},
}

var notReachable = []string{"OPERATION_NOT_PERMITTED"}

// TestEverySymbolCanBeRaised holds the catalogue's reach to its word, both ways.
func TestEverySymbolCanBeRaised(t *testing.T) {
	table := errorTable(t)
	for reach, closures := range raised {
		t.Run(reach, func(t *testing.T) {
			for _, symbol := range table.Symbols() {
				if slices.Contains(table.Row(dragonpass.Code(symbol)).Reach, reach) && !slices.Contains(notReachable, symbol) {
					assert.Contains(t, closures, symbol, "the row of %s says %s, and nothing here raises it", symbol, reach)
				}
			}
			for symbol, raise := range closures {
				row := table.Row(dragonpass.Code(symbol))
				assert.NotContains(t, notReachable, symbol, "it is reachable: take it off the list")
				if !assert.Contains(t, row.Reach, reach, "%s is raised here, its row does not say %s", symbol, reach) {
					continue
				}
				t.Run(symbol, func(t *testing.T) {
					t.Parallel()
					srv, c := start(t)
					got := raise(stage{client: c, w: srv.World(), author: &client{t: t, url: srv.URL, extra: http.Header{}}})
					got.refused(symbol)
					assert.Equal(t, row.Status, got.Status)
					assert.Equal(t, row.Code, got.Body["code"])
				})
			}
		})
	}
	for _, symbol := range notReachable {
		assert.Contains(t, table.Symbols(), symbol)
	}
}

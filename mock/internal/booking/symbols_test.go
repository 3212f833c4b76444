package booking_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// stage is a fresh server, for one symbol.
type stage struct {
	*mocktest.Client
	srv    *mock.Server
	w      *mock.World
	author *mocktest.Client // of the control plane
}

// booked is an order of N00001 on the Thursday, and its pass.
func (s stage) booked() (pass string, order obj) {
	s.T.Helper()
	pass = s.Pass(3)
	return pass, s.Booked(pass, "N00001", mocktest.Thursday, 1)
}

// issueOver2 issues a lounge pass that begins at a time.
func (s stage) issueOver2(begins string) mocktest.Answer {
	s.T.Helper()
	return s.Post("/api/v2/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "activationDate": begins, "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1,
	}})
}

// redeem is the venue's door, by the control plane.
func (s stage) redeem(body obj) mocktest.Answer {
	s.T.Helper()
	return s.author.Post(mocktest.DefaultWorld+"/redemptions", body)
}

// raised holds one way to raise each symbol, by where the catalogue says it can be met.
var raised = map[string]map[string]func(stage) mocktest.Answer{
	"v1": {
		"TOKEN_MISSING": func(s stage) mocktest.Answer { s.Token = ""; return s.Get("/resources/N00001") },
		"TOKEN_INVALID": func(s stage) mocktest.Answer { s.Token = "nonsense"; return s.Get("/resources/N00001") },
		"TOKEN_EXPIRED": func(s stage) mocktest.Answer {
			token, err := s.w.SignedToken(time.Now().Add(-time.Second))
			require.NoError(s.T, err)
			s.Token = token
			return s.Get("/resources/N00001")
		},
		"CREDENTIALS_INVALID": func(s stage) mocktest.Answer {
			return s.Post("/auth/token", obj{"clientId": "DragonPass", "secret": "guess"})
		},
		"PROGRAM_NOT_ALLOWED":  func(s stage) mocktest.Answer { return s.With("X-Program-ID", "1").Get("/resources/N00001") },
		"LANGUAGE_NOT_ALLOWED": func(s stage) mocktest.Answer { return s.Get("/resources/N00001?language=fr-FR") },
		"INVALID_REQUEST":      func(s stage) mocktest.Answer { return s.Post("/orders/ePasses/search", obj{}) },
		"MALFORMED_JSON":       func(s stage) mocktest.Answer { return s.Post("/orders/ePasses/search", "{") },
		"MODULE_MISMATCH":      func(s stage) mocktest.Answer { return s.Ask(obj{"resourceId": "C00001"}) },
		"ROUTE_NOT_FOUND":      func(s stage) mocktest.Answer { return s.Get("/nowhere") },
		"METHOD_NOT_ALLOWED":   func(s stage) mocktest.Answer { return s.Call("DELETE", "/orders", nil) },
		"BODY_TOO_LARGE":       func(s stage) mocktest.Answer { return s.Post("/orders", strings.Repeat(" ", 1<<20+1)) },
		"UNSUPPORTED_MEDIA_TYPE": func(s stage) mocktest.Answer {
			return s.With("Content-Type", "text/plain").Post("/orders/ePasses/search", "{}")
		},
		"REQUEST_ID_REUSED": func(s stage) mocktest.Answer {
			s.Client = s.With("X-Request-ID", "r-1")
			s.Issue(1)
			return s.Cancel("DP1")
		},

		"EPASS_NOT_FOUND": func(s stage) mocktest.Answer {
			return s.Post("/orders/ePasses/search", obj{"ePassId": "1788999999999999"})
		},
		"EPASS_NOT_ACTIVE": func(s stage) mocktest.Answer {
			pass := s.issueOver2("2025-09-02T00:00:00Z").OK()
			return s.Ask(obj{"ePassId": mocktest.EPassID(pass)})
		},
		"EPASS_EXPIRED": func(s stage) mocktest.Answer {
			pass := mocktest.EPassID(s.TryIssue(dragonpass.Lounge, 2, obj{"expirationDate": "2025-09-04T09:29:59+00:00"}).OK())
			return s.Ask(obj{"ePassId": pass})
		},
		"EPASS_CANCELLED": func(s stage) mocktest.Answer {
			pass := s.Issue(1)
			s.Cancel(pass["orderId"]).OK()
			return s.Ask(obj{"ePassId": mocktest.EPassID(pass)})
		},
		"EPASS_USAGES_EXHAUSTED": func(s stage) mocktest.Answer {
			return s.Ask(obj{"ePassId": s.Pass(1), "adultCount": 2})
		},
		"EPASS_OUT_OF_SCOPE": func(s stage) mocktest.Answer {
			pass := s.TryIssue(dragonpass.Lounge, 2, obj{"allowedResources": obj{"resourceId": []string{"N00012"}}}).OK()
			return s.Ask(obj{"ePassId": mocktest.EPassID(pass)})
		},
		"EPASS_IN_USE": func(s stage) mocktest.Answer {
			pass := s.Issue(1)
			s.Book(mocktest.EPassID(pass), s.Place(mocktest.EPassID(pass), "N00001", mocktest.Thursday, 1)).OK()
			return s.Cancel(pass["orderId"])
		},
		"CLIENT_USER_NAME_MISMATCH": func(s stage) mocktest.Answer {
			s.Issue(1)
			return s.TryIssue(dragonpass.Lounge, 2, obj{"lastName": "Byron"})
		},
		"EXPIRATION_INVALID": func(s stage) mocktest.Answer {
			return s.TryIssue(dragonpass.Lounge, 2, obj{"expirationDate": "2025-09-01T08:00:00+00:00"})
		},

		"MEMBERSHIP_NOT_FOUND": func(s stage) mocktest.Answer {
			return s.Post("/memberships/search", obj{"membershipId": "8888999999999999"})
		},
		"MEMBERSHIP_NOT_ACTIVE": func(s stage) mocktest.Answer {
			id := s.Register("u-1")["membershipId"]
			s.Post("/memberships/update", obj{"membershipId": id, "status": 2}).OK()
			return s.Post("/memberships/qrCodes", obj{"membershipId": id})
		},
		"MEMBERSHIP_TRANSITION_REFUSED": func(s stage) mocktest.Answer {
			return s.Post("/memberships/update", obj{"membershipId": s.Register("u-1")["membershipId"], "status": 0})
		},
		"ENTITLEMENTS_EXHAUSTED": func(s stage) mocktest.Answer {
			return s.Ask(obj{"membershipId": s.Register("u-1")["membershipId"], "module": 2, "resourceId": "C00001"})
		},
		"GUESTS_EXCEEDED": func(s stage) mocktest.Answer {
			return s.Ask(obj{"membershipId": s.Register("u-1")["membershipId"], "adultCount": 3})
		},

		"TRANSPORT_HUB_NOT_FOUND":  func(s stage) mocktest.Answer { return s.Get("/transportHubs/A00009") },
		"RESOURCE_NOT_FOUND":       func(s stage) mocktest.Answer { return s.Get("/resources/N99998") },
		"PREBOOKING_NOT_SUPPORTED": func(s stage) mocktest.Answer { return s.Ask(obj{"resourceId": "R00001", "module": 3}) },
		"PREBOOKING_DATE_INVALID":  func(s stage) mocktest.Answer { return s.Ask(obj{"prebookingDate": "2025-02-30T10:30"}) },
		"PASSENGERS_INVALID":       func(s stage) mocktest.Answer { return s.Ask(obj{"adultCount": 0}) },
		"PASSENGER_INFO_REQUIRED": func(s stage) mocktest.Answer {
			pass := s.Pass(1)
			body := mocktest.Booking(pass, s.Place(pass, "N00001", mocktest.Thursday, 1))
			delete(body["extra"].(obj), "prebookingRequiredInfo")
			return s.Post(mocktest.PrebookingPath, body)
		},
		"PREBOOKING_TOKEN_INVALID": func(s stage) mocktest.Answer { return s.Book(s.Pass(1), "nonsense") },
		"PREBOOKING_TOKEN_EXPIRED": func(s stage) mocktest.Answer {
			pass := s.Pass(1)
			token := s.Place(pass, "N00001", mocktest.Thursday, 1)
			mocktest.Advance(s.T, s.w, 10*time.Minute+time.Second)
			return s.Book(pass, token)
		},
		"PREBOOKING_TOKEN_USED": func(s stage) mocktest.Answer {
			pass := s.Pass(2)
			token := s.Place(pass, "N00001", mocktest.Thursday, 1)
			s.Book(pass, token).OK()
			return s.Book(pass, token)
		},
		"PREBOOKING_TOKEN_MISMATCH": func(s stage) mocktest.Answer {
			return s.Book(s.Pass(1), s.Place(s.Pass(1), "N00001", mocktest.Thursday, 1))
		},
		"SLOT_UNAVAILABLE": func(s stage) mocktest.Answer {
			token := s.Place("", "N99912", mocktest.Thursday, 1)
			s.Place(s.Pass(1), "N99912", mocktest.Thursday, 1)
			return s.Book(s.Pass(1), token)
		},

		"ORDER_NOT_FOUND": func(s stage) mocktest.Answer { return s.Cancel("DP99999999999999") },
		"ORDER_NOT_CANCELLABLE": func(s stage) mocktest.Answer {
			pass := s.Pass(1)
			return s.Cancel(s.Booked(pass, "N99907", mocktest.Thursday, 1)["orderId"])
		},
		"CANCELLATION_WINDOW_CLOSED": func(s stage) mocktest.Answer {
			_, order := s.booked()
			mocktest.Advance(s.T, s.w, 49*time.Hour+30*time.Minute+time.Second)
			return s.Cancel(order["orderId"])
		},
		"ORDER_ALREADY_CANCELLED": func(s stage) mocktest.Answer {
			_, order := s.booked()
			s.Cancel(order["orderId"]).OK()
			return s.Cancel(order["orderId"])
		},
		"ORDER_ALREADY_USED": func(s stage) mocktest.Answer {
			_, order := s.booked()
			mocktest.Advance(s.T, s.w, 73*time.Hour)
			mocktest.Redeem(s.T, s.w, mocktest.FirstVoucher(order))
			return s.Cancel(order["orderId"])
		},
	},
	"v2": {
		"FILTERS_CONFLICT": func(s stage) mocktest.Answer { return s.Get("/api/v2/resources?iata=MAN&countryOrRegion=GB") },
		"EPASS_NOT_ACTIVE": func(s stage) mocktest.Answer {
			pass := s.issueOver2("2025-09-02T00:00:00Z").OK()
			return s.Post("/api/v2"+mocktest.AvailabilityPath, mocktest.Question(obj{"ePassId": mocktest.EPassID(pass)}))
		},
		"ACTIVATION_IN_PAST": func(s stage) mocktest.Answer { return s.issueOver2("2025-09-01T07:59:59Z") },
		"ENTITLEMENTS_MISMATCH": func(s stage) mocktest.Answer {
			id := s.Register("u-1")["membershipId"]
			token := s.Ask(obj{"membershipId": id}).OK()["prebookingToken"]
			return s.Post("/api/v2/orders/lounges/memberships/prebooking", obj{"module": 1, "membershipId": id, "extra": obj{
				"prebookingToken": token, "prebookingRequiredInfo": mocktest.AdaInfo(), "toUseEntitlementCount": 2,
			}})
		},
		"OPTION_NOT_FOUND": func(s stage) mocktest.Answer {
			return s.Get("/api/v2/resources/localOffers/L00001/options/L00001-09")
		},
		"USER_NOT_FOUND": func(s stage) mocktest.Answer { return s.Post("/api/v2/users/search", obj{"clientUserId": "u-1"}) },
		"USER_EXISTS": func(s stage) mocktest.Answer {
			s.Issue(1)
			return s.Post("/api/v2/users", obj{"clientUserId": "u-1", "firstName": "Ada", "lastName": "Lovelace"})
		},
		"USER_IN_USE": func(s stage) mocktest.Answer {
			s.Issue(1)
			return s.Post("/api/v2/users/delete", obj{"clientUserId": "u-1"})
		},
	},
	"scenario": {
		"OPERATION_NOT_PERMITTED": func(s stage) mocktest.Answer {
			limited := mocktest.NewWorld(s.T, s.srv, mock.WithOperations("retrieveResource"))
			return s.In(limited).Cancel("DP1")
		},
		"QR_CODE_EXPIRED": func(s stage) mocktest.Answer {
			code := s.Post("/memberships/qrCodes", obj{"membershipId": s.Register("u-1")["membershipId"]}).OK()["qrCode"]
			mocktest.Advance(s.T, s.w, 301*time.Second)
			return s.redeem(obj{"qrCode": code, "resourceId": "N00001", "adultCount": 1})
		},
		"WALK_IN_NOT_SUPPORTED": func(s stage) mocktest.Answer {
			pass := mocktest.EPassID(s.TryIssue(dragonpass.FastTrack, 2, nil).OK())
			return s.redeem(obj{"ePassId": pass, "resourceId": "C00001", "adultCount": 1})
		},
		"REDEMPTION_WINDOW_CLOSED": func(s stage) mocktest.Answer {
			_, order := s.booked()
			return s.redeem(obj{"voucher": mocktest.FirstVoucher(order), "adultCount": 1})
		},
		"VOUCHER_INVALID": func(s stage) mocktest.Answer { return s.redeem(obj{"voucher": "000000000000", "adultCount": 1}) },
		"PREBOOKING_FAILED": func(s stage) mocktest.Answer {
			pass := s.Pass(1)
			return s.Book(pass, s.Place(pass, "N99906", mocktest.Thursday, 1))
		},
	},
}

// TestSymbol_OfEachReach_CanBeRaised holds the catalogue's reach to its word, both ways: what a row says can be met is
// raised here, and what is raised here its row says can be met.
func TestSymbol_OfEachReach_CanBeRaised(t *testing.T) {
	t.Parallel()
	table := mocktest.ErrorTable(t)
	for reach, closures := range raised {
		t.Run(reach, func(t *testing.T) {
			t.Parallel()
			for _, symbol := range table.Symbols() {
				if slices.Contains(table.Row(dragonpass.Code(symbol)).Reach, reach) {
					assert.Contains(t, closures, symbol, "the row of %s says %s, and nothing here raises it", symbol, reach)
				}
			}
			for symbol, raise := range closures {
				t.Run(symbol, func(t *testing.T) {
					t.Parallel()
					row := table.Row(dragonpass.Code(symbol))
					assert.Contains(t, row.Reach, reach, "it is raised here, its row does not say so")
					srv, c := mocktest.Start(t)
					got := raise(stage{Client: c, srv: srv, w: srv.World(), author: mocktest.Author(t, srv)})
					got.Refused(symbol)
					assert.Equal(t, row.Status, got.Status)
					assert.Equal(t, row.Code, got.Body["code"])
				})
			}
		})
	}
}

// TestSymbol_WithFaultReach_CanBeInjected: a rule can raise it in the vendor's envelope, by its number.
func TestSymbol_WithFaultReach_CanBeInjected(t *testing.T) {
	t.Parallel()
	table := mocktest.ErrorTable(t)
	injected := 0
	for _, symbol := range table.Symbols() {
		row := table.Row(dragonpass.Code(symbol))
		if !slices.Contains(row.Reach, "fault") {
			continue
		}
		injected++
		t.Run(symbol, func(t *testing.T) {
			t.Parallel()
			srv, c := mocktest.Start(t)
			mocktest.Inject(t, srv.World(), mock.Fault{On: "retrieveResource", Error: row.Symbol})
			got := c.Get("/resources/N00001")
			got.Refused(symbol)
			assert.Equal(t, row.Status, got.Status)
			assert.Equal(t, row.Code, got.Body["code"])
		})
	}
	assert.NotZero(t, injected)
}

package rules

import (
	"testing"

	"dragonmock/mock/dragonpass"
)

// TestFound holds whatever is looked up by an id to the symbol of what is not there.
func TestFound(t *testing.T) {
	ofPass, ofMember, nobody := dragonpass.Holder{EPassID: "1"}, dragonpass.Holder{MembershipID: "1"}, dragonpass.Holder{}
	for _, row := range []struct {
		name string
		err  error
		want dragonpass.Code
	}{
		{"a pass", RequireEPass("1", true), ""},
		{"no pass", RequireEPass("1", false), dragonpass.EPassNotFound},
		{"a membership", RequireMembership("1", true), ""},
		{"no membership", RequireMembership("1", false), dragonpass.MembershipNotFound},
		{"a member", RequireMember("u-1", true), ""},
		{"no member", RequireMember("u-1", false), dragonpass.MembershipNotFound},
		{"an order", RequireOrder("DP1", true), ""},
		{"no order", RequireOrder("DP1", false), dragonpass.OrderNotFound},
		{"a use of a pass", RequireEPassOrder("DP1", ofPass), ""},
		{"a use of a membership, where a pass is meant", RequireEPassOrder("DP1", ofMember), dragonpass.OrderNotFound},
		{"no use of a pass", RequireEPassOrder("DP1", nobody), dragonpass.OrderNotFound},
		{"a use of a membership", RequireMembershipOrder("DP1", ofMember), ""},
		{"a use of a pass, where a membership is meant", RequireMembershipOrder("DP1", ofPass), dragonpass.OrderNotFound},
		{"no use of a membership", RequireMembershipOrder("DP1", nobody), dragonpass.OrderNotFound},
		{"an issue order", RequireIssueOrder("DP1", true), ""},
		{"no issue order", RequireIssueOrder("DP1", false), dragonpass.OrderNotFound},
		{"a resource", RequireResource("N00001", true), ""},
		{"no resource", RequireResource("N00001", false), dragonpass.ResourceNotFound},
		{"a hub", RequireTransportHub("A00001", true), ""},
		{"no hub", RequireTransportHub("A00001", false), dragonpass.TransportHubNotFound},
	} {
		t.Run(row.name, func(t *testing.T) { refused(t, row.want, row.err) })
	}
}

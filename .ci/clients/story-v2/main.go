// Command story-v2 plays the lounge story of v2 through the client that ogen makes of the v2 document, and fails on anything
// that the client does not understand:
//
//	story-v2 http://localhost:8080/api/v2
//
// The server has the stage vendor-lounge-example, whose clock stands at 31 December 2024. .ci/types builds it, in a module
// of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	v2 "clients/dragonpassv2"
)

func main() {
	if err := play(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("the lounge story holds")
}

// token is the bearer token once there is one.
type token string

func (t *token) Bearer(context.Context, v2.OperationName) (v2.Bearer, error) {
	return v2.Bearer{Token: string(*t)}, nil
}

func play(ctx context.Context, url string) error {
	var bearer token
	client, err := v2.NewClient(url, &bearer)
	if err != nil {
		return err
	}
	access, err := client.GenerateAccessToken(ctx, &v2.AccessTokenRequest{ClientId: "DragonPass", Secret: "dpSecretKey12345"}, v2.GenerateAccessTokenParams{})
	if err != nil {
		return err
	}
	bearer = token(access.Response.Data.AccessToken)

	near, err := client.ListResources(ctx, v2.ListResourcesParams{
		Latitude: v2.NewOptFloat64(53.467), Longitude: v2.NewOptFloat64(-2.233), Radius: v2.NewOptFloat64(15), Module: []v2.Module{v2.Module1},
	})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(near.Response.Data.Resources.TransportHubResources, func(r v2.Resource) bool { return r.ResourceId == "N00001" }) {
		return fmt.Errorf("expected N00001 near Manchester, got %+v", near.Response.Data.Resources)
	}

	now := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	issue := func(begins time.Time) (*v2.EPassAnswerHeaders, error) {
		return client.CreateEPass(ctx, &v2.EPassRequest{
			Module: v2.Module1, ClientUserId: "story",
			Extra: v2.EPassRequestExtra{
				FirstName: "Ada", LastName: "Lovelace", AvailableUsages: 2, ExpirationDate: time.Date(2028, 12, 31, 23, 59, 59, 0, time.UTC),
				ActivationDate: v2.NewOptDateTime(begins), AllowedResources: v2.NewOptAllowedResources(v2.AllowedResources{ResourceIds: []string{"N00001"}}),
			},
		}, v2.CreateEPassParams{Module: v2.ModuleNameLounges})
	}
	_, err = issue(now.Add(-time.Second))
	if refused := refusal(err); refused != "ACTIVATION_IN_PAST" {
		return fmt.Errorf("expected a refusal, got %q: %w", refused, err)
	}
	issued, err := issue(now)
	if err != nil {
		return err
	}
	if extra := issued.Response.Data.Extra; !time.Time(extra.ActivationDate).Equal(now) || !slices.Equal(extra.AllowedResources.ResourceIds, []string{"N00001"}) {
		return fmt.Errorf("expected the scope and the begin back, got %+v", extra)
	}
	pass := v2.EPassIDInput(issued.Response.Data.Extra.EPassId)

	place, err := client.CheckPrebookingAvailability(ctx, &v2.AvailabilityRequest{
		EPassId: v2.NewOptEPassIDInput(pass), Module: v2.Module1, ResourceId: "N00001", PrebookingDate: "2025-10-01T10:30", AdultCount: 1, ChildCount: 1,
	}, v2.CheckPrebookingAvailabilityParams{})
	if err != nil {
		return err
	}
	if !place.Response.Data.Available {
		return errors.New("expected a place")
	}
	booked, err := client.CreateEPassLoungePrebooking(ctx, &v2.EPassPrebookingRequest{
		Module: v2.Module1, EPassId: pass,
		Extra: v2.PrebookingRequestExtra{
			PrebookingToken: v2.PrebookingToken(place.Response.Data.PrebookingToken.Value),
			PrebookingRequiredInfo: v2.NewOptNilPassengerInput(v2.PassengerInput{
				FirstName: v2.NewOptNilString("Ada"), LastName: v2.NewOptNilString("Lovelace"), Email: v2.NewOptNilString("ada@example.com"),
				PhoneNumber: v2.NewOptNilString("8081966002"), CallingCode: v2.NewOptNilString("44"), TransportNumber: v2.NewOptNilString("EK001"),
			}),
		},
	}, v2.CreateEPassLoungePrebookingParams{})
	if err != nil {
		return err
	}
	if user := booked.Response.Data.Extra.ClientUserId; user != "story" {
		return fmt.Errorf("expected the user of the pass, got %q", user)
	}
	user, err := client.RetrieveUser(ctx, &v2.UserSearch{ClientUserId: "story"}, v2.RetrieveUserParams{})
	if err != nil {
		return err
	}
	if user.Response.Data.FirstName != "Ada" {
		return fmt.Errorf("expected the user that the pass made, got %+v", user.Response.Data)
	}

	cancel := v2.CancelOrderRequest{Status: v2.CancellationStatus3, OrderId: v2.OrderIDInput(booked.Response.Data.OrderId)}
	if _, err = client.CancelOrder(ctx, &cancel, v2.CancelOrderParams{}); err != nil {
		return err
	}
	_, err = client.CancelOrder(ctx, &cancel, v2.CancelOrderParams{})
	if refused := refusal(err); refused != "ORDER_ALREADY_CANCELLED" {
		return fmt.Errorf("expected a refusal, got %q: %w", refused, err)
	}
	return nil
}

// refusal is the symbol of a refusal, or nothing.
func refusal(err error) string {
	var refused *v2.FailureStatusCodeWithHeaders
	if !errors.As(err, &refused) {
		return ""
	}
	return refused.XMockError.Value
}

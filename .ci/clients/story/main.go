// Command story plays the lounge story through the client that ogen makes of the v1 document, and fails on anything that
// the client does not understand:
//
//	story http://localhost:8080/api/v1
//
// The server has the stage vendor-lounge-example, whose clock stands at 31 December 2024. .ci/types builds it, in a module
// of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	v1 "clients/dragonpassv1"
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

func (t *token) Bearer(context.Context, v1.OperationName) (v1.Bearer, error) {
	return v1.Bearer{Token: string(*t)}, nil
}

func play(ctx context.Context, url string) error {
	var bearer token
	client, err := v1.NewClient(url, &bearer)
	if err != nil {
		return err
	}
	access, err := client.GenerateAccessToken(ctx, &v1.AccessTokenRequest{ClientId: "DragonPass", Secret: "dpSecretKey12345"}, v1.GenerateAccessTokenParams{})
	if err != nil {
		return err
	}
	bearer = token(access.Response.Data.AccessToken)

	hubs, err := client.ListTransportHubs(ctx, v1.ListTransportHubsParams{Iata: v1.NewOptString("MAN")})
	if err != nil {
		return err
	}
	if n := len(hubs.Response.Data.TransportHubs); n != 1 {
		return fmt.Errorf("expected one hub MAN, got %d", n)
	}
	resource, err := client.RetrieveResource(ctx, v1.RetrieveResourceParams{ResourceId: "N00001"})
	if err != nil {
		return err
	}

	issued, err := client.CreateEPass(ctx, &v1.EPassRequest{
		Module: resource.Response.Data.Module, ClientUserId: "story",
		Extra: v1.EPassRequestExtra{
			FirstName: "Ada", LastName: "Lovelace", AvailableUsages: 2, ExpirationDate: time.Date(2028, 12, 31, 23, 59, 59, 0, time.UTC),
		},
	}, v1.CreateEPassParams{Module: v1.ModuleNameLounges, XRequestID: v1.NewOptString("ogen-issue")})
	if err != nil {
		return err
	}
	if id := issued.XRequestID.Value; id != "ogen-issue" {
		return fmt.Errorf("expected the request id back, got %q", id)
	}
	pass := v1.EPassIDInput(issued.Response.Data.Extra.EPassId)

	place, err := client.CheckPrebookingAvailability(ctx, &v1.AvailabilityRequest{
		EPassId: v1.NewOptEPassIDInput(pass), Module: resource.Response.Data.Module, ResourceId: "N00001", PrebookingDate: "2025-10-01T10:30", AdultCount: 1, ChildCount: 1,
	}, v1.CheckPrebookingAvailabilityParams{})
	if err != nil {
		return err
	}
	if !place.Response.Data.Available {
		return errors.New("expected a place")
	}

	booked, err := client.CreateEPassLoungePrebooking(ctx, &v1.EPassPrebookingRequest{
		Module: resource.Response.Data.Module, EPassId: pass,
		Extra: v1.PrebookingRequestExtra{
			PrebookingToken: v1.PrebookingToken(place.Response.Data.PrebookingToken.Value),
			PrebookingRequiredInfo: v1.NewOptNilPassengerInput(v1.PassengerInput{
				FirstName: v1.NewOptNilString("Ada"), LastName: v1.NewOptNilString("Lovelace"), Email: v1.NewOptNilString("ada@example.com"),
				PhoneNumber: v1.NewOptNilString("8081966002"), CallingCode: v1.NewOptNilString("44"), TransportNumber: v1.NewOptNilString("EK001"),
			}),
		},
	}, v1.CreateEPassLoungePrebookingParams{})
	if err != nil {
		return err
	}
	order := v1.OrderIDInput(booked.Response.Data.OrderId)

	use, err := client.RetrieveEPassUsageOrder(ctx, &v1.EPassUsageOrderSearch{OrderId: order}, v1.RetrieveEPassUsageOrderParams{})
	if err != nil {
		return err
	}
	if extra := use.Response.Data.Extra; extra.PrebookingDate.Value != "2025-10-01T10:30" || len(extra.VouchersList) != 1 {
		return fmt.Errorf("expected the prebooking, got %+v", extra)
	}
	cancel := v1.CancelOrderRequest{Status: v1.CancellationStatus3, OrderId: order}
	cancelled, err := client.CancelOrder(ctx, &cancel, v1.CancelOrderParams{})
	if err != nil {
		return err
	}
	if data := cancelled.Response.Data; data.EPassId.Value != string(pass) || data.OrderCancelledDate.Null {
		return fmt.Errorf("expected the cancelled prebooking, got %+v", data)
	}
	_, err = client.CancelOrder(ctx, &cancel, v1.CancelOrderParams{})
	var refusal *v1.FailureStatusCodeWithHeaders
	if !errors.As(err, &refusal) || refusal.StatusCode != 409 || refusal.XMockError.Value != "ORDER_ALREADY_CANCELLED" || refusal.XMockOrigin.Value != v1.MockOriginVendor {
		return fmt.Errorf("expected a refusal, got %+v", err)
	}
	return nil
}

package passenger_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/passenger"
)

func TestCollect(t *testing.T) {
	t.Parallel()
	all := dragonpass.RequiredInfo{FirstName: true, LastName: true, Email: true, PhoneNumber: true, CallingCode: true, TransportNumber: true}
	ada := dragonpass.Passenger{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", PhoneNumber: "8081966002", CallingCode: "44", TransportNumber: "EK001"}
	kept, err := passenger.Collect(ada, all)
	require.NoError(t, err)
	assert.Equal(t, ada, kept)

	kept, err = passenger.Collect(dragonpass.Passenger{FirstName: "世界", Email: "nonsense"}, dragonpass.RequiredInfo{FirstName: true})
	require.NoError(t, err, "what is not asked for is not judged")
	assert.Equal(t, dragonpass.Passenger{FirstName: "世界"}, kept, "and not kept")

	_, err = passenger.Collect(dragonpass.Passenger{FirstName: " ", CallingCode: "+44", TransportNumber: "EK0012345"}, all)
	var refusal *dragonpass.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, dragonpass.PassengerInfoRequired, refusal.Code)
	var fields []string
	for _, c := range refusal.Complaints {
		fields = append(fields, c.Field)
	}
	assert.Equal(t, []string{
		"prebookingRequiredInfo.firstName", "prebookingRequiredInfo.lastName", "prebookingRequiredInfo.email", "prebookingRequiredInfo.phoneNumber",
		"prebookingRequiredInfo.callingCode", "prebookingRequiredInfo.transportNumber",
	}, fields, "every one that is missing or malformed")

	for _, row := range []struct {
		member string
		set    func(*dragonpass.Passenger, string)
		good   []string
		bad    []string
	}{
		{"email", func(p *dragonpass.Passenger, s string) { p.Email = s },
			[]string{"a@b", "ada.lovelace+lounge@example.co.uk"}, []string{"", "ada", "ada@", "Ada <ada@example.com>", "a@b c"}},
		{"phoneNumber", func(p *dragonpass.Passenger, s string) { p.PhoneNumber = s }, []string{"1", "08081966002"}, []string{"", "+44", "80 81", "٤٤"}},
		{"callingCode", func(p *dragonpass.Passenger, s string) { p.CallingCode = s }, []string{"1", "852"}, []string{"", "+1", "00-1"}},
		{"transportNumber", func(p *dragonpass.Passenger, s string) { p.TransportNumber = s }, []string{"E1", "EK0012", "EZY1234", "EZY1234A", "12345678", "09AZaz"}, []string{"", "E", "EZY12345A", "EK 01", "EK-01", "ÉK1", "1/", "1:", "1@", "1[", "1`", "1{"}},
		{"firstName", func(p *dragonpass.Passenger, s string) { p.FirstName = s }, []string{"Z", "Ñandú", "李"}, []string{"", " \t"}},
	} {
		for _, s := range row.good {
			p := ada
			row.set(&p, s)
			_, err := passenger.Collect(p, all)
			assert.NoError(t, err, "%s %q", row.member, s)
		}
		for _, s := range row.bad {
			p := ada
			row.set(&p, s)
			_, err := passenger.Collect(p, all)
			assert.ErrorContains(t, err, row.member, "%q", s)
		}
	}
}

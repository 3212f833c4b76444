package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	tokenPath        = "/auth/token"
	resetPath        = "/_mock/worlds/default/reset"
	passPath         = "/orders/lounges/ePasses"
	prebookingPath   = "/orders/lounges/ePasses/prebooking"
	availabilityPath = "/resources/prebookings/availability"
)

// wideLounge has room for every prebooking of a run in one slot.
const wideLounge = `name: a lounge without end
given:
  resources:
    - {resourceId: N00001, capacity: 1000000}
`

// usages is how many prebookings a pass is good for, the contract's most.
const usages = 10_000

// result is how an operation compares.
type result struct {
	operation string
	ratio     float64 // median
}

// throughput drives both servers in turn with the same requests.
func throughput(binary, dir string, p plan) ([]result, error) {
	scenario := filepath.Join(dir, "wide.yaml")
	if err := os.WriteFile(scenario, []byte(wideLounge), 0o600); err != nil {
		return nil, err
	}
	mock, err := start(binary, "--addr", "127.0.0.1:0", "--log-format", "json", "--scenario", scenario)
	if err != nil {
		return nil, err
	}
	defer mock.stop()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	bare, err := start(self, "-bare")
	if err != nil {
		return nil, err
	}
	defer bare.stop()

	operations := []string{"checkPrebookingAvailability", "createEPassLoungePrebooking"}
	ratios := map[string][]float64{}
	for round := range p.rounds {
		for _, operation := range operations {
			if err := reset(mock.addr); err != nil {
				return nil, err
			}
			requests, err := prepare(mock.addr, operation, p)
			if err != nil {
				return nil, fmt.Errorf("preparing %s: %w", operation, err)
			}
			rates, costs := map[*process]float64{}, map[*process]time.Duration{}
			servers := []*process{mock, bare}
			if round%2 == 1 {
				slices.Reverse(servers) // neither is always the one on the warmer machine
			}
			for _, server := range servers {
				before := server.cpuTime()
				n, elapsed, err := drive(server.addr, p.conns, p.window, requests, nil)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", operation, err)
				}
				rates[server] = float64(n) / elapsed.Seconds()
				costs[server] = (server.cpuTime() - before) / time.Duration(n)
			}
			ratio := rates[mock] / rates[bare]
			ratios[operation] = append(ratios[operation], ratio)
			fmt.Printf("round %d  %-28s mock %6.0f/s %3d us cpu  bare %6.0f/s %3d us cpu  %.2f\n", round+1, operation,
				rates[mock], costs[mock].Microseconds(), rates[bare], costs[bare].Microseconds(), ratio)
		}
	}
	var results []result
	for _, operation := range operations {
		slices.Sort(ratios[operation])
		r := result{operation, ratios[operation][p.rounds/2]}
		fmt.Printf("median   %-28s %.2f of bare Echo\n", r.operation, r.ratio)
		results = append(results, r)
	}
	return results, nil
}

// reset resets the world, so that rounds are alike.
func reset(addr string) error {
	c, err := dial(addr)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.do(request("POST", addr, resetPath, "", nil))
	return err
}

// prepare makes the requests of one round.
func prepare(addr, operation string, p plan) ([][]byte, error) {
	c, err := dial(addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var granted struct{ Data struct{ AccessToken string } }
	if err := call(c, addr, tokenPath, "", `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`, &granted); err != nil {
		return nil, err
	}
	token := granted.Data.AccessToken
	date := time.Now().UTC().AddDate(0, 0, 30).Format("2006-01-02") + "T10:30"
	ask := request("POST", addr, availabilityPath, token, fmt.Appendf(nil,
		`{"module":1,"resourceId":"N00001","prebookingDate":"%s","adultCount":1,"childCount":0}`, date))
	asks := slices.Repeat([][]byte{ask}, p.tokens)
	if operation == "checkPrebookingAvailability" {
		return asks, nil
	}
	requests := make([][]byte, p.tokens)
	passes := make([]string, (p.tokens+usages-1)/usages)
	for i := range passes {
		if passes[i], err = issue(c, addr, token); err != nil {
			return nil, err
		}
	}
	_, _, err = drive(addr, p.conns, time.Minute, asks, func(i int, body []byte) {
		_, rest, _ := bytes.Cut(body, []byte(`"prebookingToken":"`))
		prebookingToken, _, _ := bytes.Cut(rest, []byte(`"`))
		requests[i] = request("POST", addr, prebookingPath, token, fmt.Appendf(nil,
			`{"module":1,"ePassId":"%s","extra":{"prebookingToken":"%s","prebookingRequiredInfo":{"firstName":"DragonPass",`+
				`"lastName":"DragonPass","email":"developer@dragonpass.com","phoneNumber":"8081966002","callingCode":"44",`+
				`"transportNumber":"EK001"}}}`, passes[i/usages], prebookingToken))
	})
	return requests, err
}

// issue makes a pass of many usages and returns its id.
func issue(c *conn, addr, token string) (string, error) {
	var issued struct {
		Data struct{ Extra struct{ EPassID string } }
	}
	err := call(c, addr, passPath, token, fmt.Sprintf(`{"module":1,"clientUserId":"load","extra":{"firstName":"DragonPass",`+
		`"lastName":"DragonPass","expirationDate":"%d-12-31T23:59:59+00:00","availableUsages":%d}}`, time.Now().Year()+2, usages), &issued)
	return issued.Data.Extra.EPassID, err
}

func call(c *conn, addr, path, token, body string, answer any) error {
	data, err := c.do(request("POST", addr, path, token, []byte(body)))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, answer)
}

package commandline_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/cmd/dragonmock/internal/commandline"
)

type bake struct {
	Oven      string            `default:"small" help:"Which oven."`
	Heat      string            `default:"low" enum:"low,high" help:"How hot (${enum})."`
	BakeTime  time.Duration     `default:"30s" help:"How long."`
	Fan       bool              `help:"With air."`
	Toppings  map[string]string `metavar:"WHAT=WHERE" help:"What goes where. Once a topping."`
	Candles   []string          `metavar:"COLOUR" help:"The colour of a candle. Several times."`
	Plain     bool              `xor:"form" help:"Without sugar."`
	Sweet     bool              `xor:"form" help:"With sugar."`
	OvenToken string            `name:"key" env:"BAKERY_SECRET" metavar:"KEY" help:"The key of the oven."`
}

func (*bake) Run(*commandline.Line) error { return nil }

type eat struct {
	Slowly bool     `help:"Take time."`
	Cakes  []string `arg:"the name of a cake"`
}

func (*eat) Run(*commandline.Line) error { return nil }

func bakery() commandline.Program {
	return commandline.Program{
		Name: "bakery", About: "A bakery.", Version: "1.2", Prefix: "BAKERY", Guards: []string{"SECRET"},
		Commands: []commandline.Command{{Name: "bake", Help: "Bake a cake.", Do: new(bake)}, {Name: "eat", Help: "Eat cakes.", Do: new(eat)}},
	}
}

func TestParse_SetsTheFields(t *testing.T) {
	t.Parallel()
	plain := bake{Oven: "small", Heat: "low", BakeTime: 30 * time.Second}
	for _, test := range []struct {
		name    string
		args    []string
		environ []string
		want    func(b *bake)
	}{
		{"nothing", nil, nil, func(*bake) {}},
		{"a name", []string{"bake"}, nil, func(*bake) {}},
		{"two forms", []string{"--oven=big", "--heat", "high", "--bake-time", "1m"}, nil, func(b *bake) { b.Oven, b.Heat, b.BakeTime = "big", "high", time.Minute }},
		{"a flag alone", []string{"bake", "--fan"}, nil, func(b *bake) { b.Fan = true }},
		{"a flag that is not", []string{"--fan=no"}, []string{"BAKERY_FAN=true"}, func(*bake) {}},
		{"a value like a flag", []string{"--oven=--big"}, nil, func(b *bake) { b.Oven = "--big" }},
		{"members", []string{"--toppings", "a=b", "--toppings", `c=d=e;f=g\;h`}, nil, func(b *bake) { b.Toppings = map[string]string{"a": "b", "c": "d=e", "f": "g;h"} }},
		{"members of a variable", nil, []string{"BAKERY_TOPPINGS=a=b;c="}, func(b *bake) { b.Toppings = map[string]string{"a": "b", "c": ""} }},
		{"several", []string{"--candles", "red", "--candles", `white;bl\;ue`}, nil, func(b *bake) { b.Candles = []string{"red", "white", "bl;ue"} }},
		{"several of a variable", nil, []string{"BAKERY_CANDLES=red;white"}, func(b *bake) { b.Candles = []string{"red", "white"} }},
		{"a variable", nil, []string{"BAKERY_BAKE_TIME=2s", "BAKERY_SECRET=x", "OVEN=big", "BAKERY_FAN=yes"}, func(b *bake) { b.BakeTime, b.OvenToken, b.Fan = 2*time.Second, "x", true }},
		{"the flag wins", []string{"--oven", "big", "--toppings=a=b"}, []string{"BAKERY_OVEN=x", "BAKERY_TOPPINGS=c=d"}, func(b *bake) { b.Oven, b.Toppings = "big", map[string]string{"a": "b"} }},
		{"an empty variable", nil, []string{"BAKERY_OVEN="}, func(*bake) {}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			line, err := bakery().Parse(test.args, test.environ)
			require.NoError(t, err)
			want := plain
			test.want(&want)
			assert.Equal(t, &want, line.Command.Do)
			assert.Empty(t, line.Text)
			assert.Empty(t, line.Doubts)
		})
	}
}

func TestParse_Words_StandBetweenFlags(t *testing.T) {
	t.Parallel()
	line, err := bakery().Parse([]string{"eat", "one", "--slowly", "-", "--", "--three"}, []string{"BAKERY_SLOWLY=0"})
	require.NoError(t, err)
	assert.Equal(t, &eat{Slowly: true, Cakes: []string{"one", "-", "--three"}}, line.Command.Do)
	assert.True(t, line.Typed("slowly"))
	line, err = bakery().Parse([]string{"eat", "one"}, []string{"BAKERY_SLOWLY=1"})
	require.NoError(t, err)
	assert.False(t, line.Typed("slowly"))
}

func TestParse_Wrong_IsRefusedInWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args    []string
		environ []string
		want    string
	}{
		{[]string{"bak"}, nil, "unexpected argument bak, did you mean bake?"},
		{[]string{"sleep"}, nil, "unexpected argument sleep"},
		{[]string{""}, nil, "unexpected argument "},
		{[]string{"help", "sleep"}, nil, "unexpected argument sleep"},
		{[]string{"bake", "one"}, nil, "unexpected argument one"},
		{[]string{"--fan", "false"}, nil, "unexpected argument false"},
		{[]string{"-"}, nil, "unexpected argument -"},
		{[]string{"eat"}, nil, "expected the name of a cake, got none"},
		{[]string{"eat", "one", ""}, nil, "expected the name of a cake, got an empty one"},
		{[]string{"--ovn", "big"}, nil, "unknown flag --ovn, did you mean --oven?"},
		{[]string{"--bake", "1s"}, nil, "unknown flag --bake, did you mean --bake-time?"},
		{[]string{"-oven", "big"}, nil, "unknown flag -oven, did you mean --oven?"},
		{[]string{"--xyz"}, nil, "unknown flag --xyz"},
		{[]string{"--oven"}, nil, "--oven: expected a value, got none"},
		{[]string{"--oven", ""}, nil, "--oven: expected a value, got an empty one"},
		{[]string{"--oven", "--fan"}, nil, "--oven: expected a value, got --fan; if that is the value, write --oven=--fan"},
		{[]string{"--oven=a", "--oven=a"}, nil, "--oven: expected it once, it is given twice"},
		{[]string{"--fan", "--fan"}, nil, "--fan: expected it once, it is given twice"},
		{[]string{"--fan=maybe"}, nil, `--fan: expected true, 1, yes, false, 0 or no, got "maybe"`},
		{[]string{"--heat", "warm"}, nil, `--heat: expected low or high, got "warm"`},
		{[]string{"--bake-time", "5"}, nil, `--bake-time: expected a duration such as 30s, got "5"`},
		{[]string{"--candles="}, nil, "--candles: expected COLOUR, with a semicolon between two, got an empty one"},
		{[]string{"--candles", "red;;white"}, nil, "--candles: expected COLOUR, with a semicolon between two, got an empty one"},
		{nil, []string{"BAKERY_CANDLES=red;"}, "--candles: expected COLOUR, with a semicolon between two, got an empty one (from BAKERY_CANDLES)"},
		{[]string{"--toppings="}, nil, `--toppings: expected WHAT=WHERE, got ""`},
		{[]string{"--toppings", "a=b;"}, nil, `--toppings: expected WHAT=WHERE, got ""`},
		{[]string{"--toppings", "a"}, nil, `--toppings: expected WHAT=WHERE, got "a"`},
		{[]string{"--toppings", "=a"}, nil, `--toppings: expected WHAT=WHERE, got "=a"`},
		{[]string{"--toppings", "a=b", "--toppings", "a=c"}, nil, "--toppings: expected a once, it is given twice"},
		{[]string{"--plain", "--sweet"}, nil, "--plain and --sweet cannot be used together"},
		{[]string{"--plain"}, []string{"BAKERY_SWEET=1"}, "--plain and --sweet cannot be used together"},
		{nil, []string{"BAKERY_HEAT=warm"}, `--heat: expected low or high, got "warm" (from BAKERY_HEAT)`},
		{nil, []string{"BAKERY_SECRET="}, "BAKERY_SECRET is empty: give it a value, or take it away"},
	} {
		t.Run(test.want, func(t *testing.T) {
			t.Parallel()
			_, err := bakery().Parse(test.args, test.environ)
			assert.EqualError(t, err, test.want)
		})
	}
}

func TestParse_UnknownVariable_IsADoubt(t *testing.T) {
	t.Parallel()
	line, err := bakery().Parse([]string{"eat", "one"}, []string{
		"BAKERY_OVN=x", "BAKERY_PORT=80", "BAKERY_PORT_80_TCP=tcp://10.0.0.1:80", "BAKERY_SERVICE_HOST=10.0.0.1", "BAKERY_NONE=", "BAKERYOVEN=x",
	})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"BAKERY_OVN is no variable of this program, did you mean BAKERY_OVEN?",
		"BAKERY_PORT is no variable of this program; the help of each command has those that are",
	}, line.Doubts)
}

const helpOfBake = `Usage: bakery bake [flags]

Bake a cake.

Flags:
  -h, --help                   Show context-sensitive help.
      --version                Print the version.

      --oven="small"           Which oven ($BAKERY_OVEN).
      --heat="low"             How hot (low,high) ($BAKERY_HEAT).
      --bake-time=30s          How long ($BAKERY_BAKE_TIME).
      --fan                    With air ($BAKERY_FAN).
      --toppings=WHAT=WHERE    What goes where. Once a topping
                               ($BAKERY_TOPPINGS).
      --candles=COLOUR         The colour of a candle. Several times
                               ($BAKERY_CANDLES).
      --plain                  Without sugar ($BAKERY_PLAIN).
      --sweet                  With sugar ($BAKERY_SWEET).
      --key=KEY                The key of the oven ($BAKERY_SECRET).
`

const helpOfEat = `Usage: bakery eat <cakes> ... [flags]

Eat cakes.

Arguments:
  <cakes> ...    Each is the name of a cake.

Flags:
  -h, --help       Show context-sensitive help.
      --version    Print the version.

      --slowly     Take time ($BAKERY_SLOWLY).
`

const helpOfAll = `Usage: bakery <command> [flags]

A bakery.

Flags:
  -h, --help       Show context-sensitive help.
      --version    Print the version.

Commands:
  bake    Bake a cake.
  eat     Eat cakes.

Run "bakery <command> --help" for more information on a command.

` + helpOfBake

func TestParse_Asked_Tells(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"help"}, helpOfAll},
		{[]string{"--help"}, helpOfAll},
		{[]string{"-h", "--oven", "big"}, helpOfAll},
		{[]string{"help", "bake"}, helpOfBake},
		{[]string{"bake", "--help"}, helpOfBake},
		{[]string{"eat", "--help"}, helpOfEat},
		{[]string{"--version"}, "bakery 1.2\n"},
		{[]string{"eat", "--version"}, "bakery 1.2\n"},
	} {
		line, err := bakery().Parse(test.args, nil)
		require.NoError(t, err, test.args)
		assert.Equal(t, test.want, line.Text, test.args)
	}
}

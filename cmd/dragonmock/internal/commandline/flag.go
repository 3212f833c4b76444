package commandline

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// flag is a flag of a command. It sets the field of a struct.
type flag struct {
	name, short string
	variable    string // of the environment; "" if it has none
	help        string
	value       string // that it has when nobody gives one
	metavar     string
	xor         string
	enum        []string
	into        any // *string, *bool, *time.Duration, *[]string or *map[string]string

	typed bool // it stands on the command line
	given bool // it does, or in the environment
}

// flags are the flags of a command.
func (p Program) flags(c Command) (flags []*flag) {
	fields := reflect.ValueOf(c.Do).Elem()
	for i := range fields.NumField() {
		field := fields.Type().Field(i)
		tag := field.Tag
		if _, takes := tag.Lookup("arg"); takes {
			continue
		}
		f := &flag{
			name: tag.Get("name"), variable: tag.Get("env"), value: tag.Get("default"), metavar: tag.Get("metavar"), xor: tag.Get("xor"),
			help: strings.ReplaceAll(tag.Get("help"), "${enum}", tag.Get("enum")), into: fields.Field(i).Addr().Interface(),
		}
		if f.name == "" {
			f.name = dashed(field.Name)
		}
		if f.variable == "" {
			f.variable = p.Prefix + "_" + strings.ToUpper(strings.ReplaceAll(f.name, "-", "_"))
		}
		if enum := tag.Get("enum"); enum != "" {
			f.enum = strings.Split(enum, ",")
		}
		flags = append(flags, f)
	}
	return flags
}

// arguments are the words that follow the flags of a command.
type arguments struct {
	list *[]string
	name string
	each string // what each of them is
}

// argumentsOf are those of a command; nil when it takes none.
func argumentsOf(do Doer) *arguments {
	fields := reflect.ValueOf(do).Elem()
	for i := range fields.NumField() {
		field := fields.Type().Field(i)
		if each, ok := field.Tag.Lookup("arg"); ok {
			return &arguments{fields.Field(i).Addr().Interface().(*[]string), dashed(field.Name), each}
		}
	}
	return nil
}

var capital = regexp.MustCompile(`([a-z])([A-Z])`)

// dashed is the name of a field as flags have it.
func dashed(name string) string {
	return strings.ToLower(capital.ReplaceAllString(name, "$1-$2"))
}

func (f *flag) isString() bool { _, ok := f.into.(*string); return ok }
func (f *flag) isBool() bool   { _, ok := f.into.(*bool); return ok }

// several says whether it may be given more than once.
func (f *flag) several() bool {
	switch f.into.(type) {
	case *[]string, *map[string]string:
		return true
	}
	return false
}

// String and Type are for pflag, which shows neither.
func (f *flag) String() string { return f.value }
func (f *flag) Type() string   { return "" }

// begin gives it the value that it has when nobody gives one.
func (f *flag) begin() error {
	if f.value == "" {
		return nil
	}
	defer func() { f.given = false }()
	return f.Set(f.value)
}

// Set gives it a value, or others beside those that it has when it may have several.
func (f *flag) Set(value string) error {
	f.given = true
	if f.enum != nil && !slices.Contains(f.enum, value) {
		return f.wrong(fmt.Sprintf("expected %s, got %q", strings.Join(f.enum, " or "), value))
	}
	switch into := f.into.(type) {
	case *string:
		*into = value
	case *bool:
		yes := slices.Contains([]string{"true", "1", "yes"}, value)
		if !yes && !slices.Contains([]string{"false", "0", "no"}, value) {
			return f.wrong(fmt.Sprintf("expected true, 1, yes, false, 0 or no, got %q", value))
		}
		*into = yes
	case *time.Duration:
		d, err := time.ParseDuration(value)
		if err != nil {
			return f.wrong(fmt.Sprintf("expected a duration such as 30s, got %q", value))
		}
		*into = d
	case *[]string:
		values := split(value)
		if slices.Contains(values, "") {
			return f.wrong(fmt.Sprintf("expected %s, with a semicolon between two, got an empty one", f.metavar))
		}
		*into = append(*into, values...)
	case *map[string]string:
		if *into == nil {
			*into = map[string]string{}
		}
		return f.members(*into, value)
	default:
		panic(fmt.Sprintf("--%s: no flag has a value of type %T", f.name, f.into))
	}
	return nil
}

// split takes several values apart: a variable has them with a semicolon between them; one that belongs to a value has a
// backslash before it.
func split(text string) []string {
	const kept = "\x00" // in no argument and no variable
	values := strings.Split(strings.ReplaceAll(text, `\;`, kept), ";")
	for i, value := range values {
		values[i] = strings.ReplaceAll(value, kept, ";")
	}
	return values
}

// members adds key=value to a map.
func (f *flag) members(into map[string]string, text string) error {
	for _, member := range split(text) {
		key, value, ok := strings.Cut(member, "=")
		if _, twice := into[key]; twice {
			return f.wrong(fmt.Sprintf("expected %s once, it is given twice", key))
		}
		if !ok || key == "" {
			return f.wrong(fmt.Sprintf("expected %s, got %q", f.metavar, member))
		}
		into[key] = value
	}
	return nil
}

// wrong is an error that names the flag.
func (f *flag) wrong(what string) error { return fmt.Errorf("--%s: %s", f.name, what) }

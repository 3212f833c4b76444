package access

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// symbolOf is the symbol of a refusal; empty for none.
func symbolOf(t *testing.T, err error) dragonpass.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	refusal, ok := errors.AsType[*dragonpass.Error](err)
	require.True(t, ok, "%v", err)
	return refusal.Code
}

func TestAccess_EachRule_AtItsBoundary(t *testing.T) {
	programs := []string{"18943", "2"}
	program, err := ChooseProgram("", programs)
	assert.Equal(t, "18943", program, "the first is the default")
	assert.NoError(t, err)
	program, err = ChooseProgram("2", programs)
	assert.Equal(t, "2", program)
	assert.NoError(t, err)
	_, err = ChooseProgram("3", programs)
	assert.Equal(t, dragonpass.ProgramNotAllowed, symbolOf(t, err))

	for _, row := range []struct {
		name string
		err  error
		want dragonpass.Code
	}{
		{"every operation", CheckOperation("cancelOrder", nil), ""},
		{"one that is permitted", CheckOperation("cancelOrder", []string{"createEPass", "cancelOrder"}), ""},
		{"one that is not", CheckOperation("cancelOrder", []string{"createEPass"}), dragonpass.OperationNotPermitted},
		{"its secret", CheckCredentials(true, "s", "s"), ""},
		{"another secret", CheckCredentials(true, "s", "S"), dragonpass.CredentialsInvalid},
		{"a longer secret", CheckCredentials(true, "s", "ss"), dragonpass.CredentialsInvalid},
		{"nobody's secret", CheckCredentials(false, "", ""), dragonpass.CredentialsInvalid},
		{"a repeat", CheckRepeat("r", "v1 createEPass", true), ""},
		{"another request of that id", CheckRepeat("r", "v1 createEPass", false), dragonpass.RequestIDReused},
	} {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, symbolOf(t, row.err)) })
	}

	for _, row := range []struct {
		sent       string
		authorised []string
		want       string
		refused    dragonpass.Code
	}{
		{"", nil, "en-US", ""},
		{"en-US", nil, "en-US", ""},
		{"fr-FR", []string{"de-DE", "fr-FR"}, "fr-FR", ""},
		{"fr-FR", nil, "", dragonpass.LanguageNotAllowed},
		{"fr-fr", []string{"fr-FR"}, "", dragonpass.LanguageNotAllowed},
	} {
		language, err := ChooseLanguage(row.sent, row.authorised)
		assert.Equal(t, row.want, language, row.sent)
		assert.Equal(t, row.refused, symbolOf(t, err), row.sent)
	}
}

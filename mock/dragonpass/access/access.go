package access

import (
	"crypto/subtle"
	"slices"

	"dragonmock/mock/dragonpass"
)

// CheckCredentials refuses a secret that is not the client's, and any secret of a client that nobody knows:
// CREDENTIALS_INVALID (D/v1/338386m0). It takes the same time for every secret of a length.
func CheckCredentials(known bool, secret, sent string) error {
	if !known || subtle.ConstantTimeCompare([]byte(secret), []byte(sent)) != 1 {
		return dragonpass.RefuseField(dragonpass.CredentialsInvalid, "clientId", "it and the secret do not belong together").By("D/v1/338386m0")
	}
	return nil
}

// CheckOperation refuses an operation that the client may not call: OPERATION_NOT_PERMITTED. No list permits all.
func CheckOperation(id string, permitted []string) error {
	if len(permitted) > 0 && !slices.Contains(permitted, id) {
		return dragonpass.Refuse(dragonpass.OperationNotPermitted, "the client may not call %s", id).Unless("one of %v", permitted)
	}
	return nil
}

// ChooseProgram returns the programme that a call acts for: the one it names, or the client's first. It refuses one that
// is not the client's: PROGRAM_NOT_ALLOWED (D/v1/338664m0).
func ChooseProgram(sent string, programs []string) (string, error) {
	switch {
	case sent == "":
		return programs[0], nil
	case !slices.Contains(programs, sent):
		return "", dragonpass.Refuse(dragonpass.ProgramNotAllowed, "header X-Program-ID: it is not a programme of this client").
			By("D/v1/338664m0").Unless("one of %v", programs)
	}
	return sent, nil
}

// ChooseLanguage returns the language that a call asks for, or the default one. It refuses one that the client is not
// authorised for: LANGUAGE_NOT_ALLOWED (D/339140m0).
func ChooseLanguage(sent string, authorised []string) (string, error) {
	switch {
	case sent == "" || sent == dragonpass.DefaultLanguage:
		return dragonpass.DefaultLanguage, nil
	case !slices.Contains(authorised, sent):
		return "", dragonpass.RefuseField(dragonpass.LanguageNotAllowed, "language", "the client is not authorised for %s", sent).
			By("D/339140m0").Unless("%s, or an authorisation", dragonpass.DefaultLanguage)
	}
	return sent, nil
}

// RefuseUntranslated refuses what is not there in a language, while the default one will not do (D/339140m0, A-068). The
// code is the one that it would have if it were not there at all.
func RefuseUntranslated(code dragonpass.Code, field, id, language string) error {
	return dragonpass.RefuseField(code, field, "%s is not translated into %s", id, language).By("D/339140m0").
		Unless("a language that it is in, or fallbackAllowed=true")
}

// CheckRepeat refuses a request id that came before with another operation, programme or body: REQUEST_ID_REUSED (A-048,
// Before is the operation that it came with.
func CheckRepeat(requestID, before string, same bool) error {
	if !same {
		return dragonpass.Refuse(dragonpass.RequestIDReused, "X-Request-ID: %s was used for another request (%s)", requestID, before).
			By("A-048").Unless("a new X-Request-ID, or the same operation, programme and body")
	}
	return nil
}

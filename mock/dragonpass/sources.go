package dragonpass

import "strings"

// DocumentationURL is where the vendor's documentation stands; see [SourceURL].
const DocumentationURL = "https://apifox.dragonpass.com/apidoc/docs-site/6000000"

// Sources explains the marks by which rules, comments and the header X-Mock-Reason name where a rule comes from.
const Sources = `D/338945m0     a page of the vendor's documentation: ` + DocumentationURL + `/338945m0
D/v1/338667m0  a page of its v1 edition: ` + DocumentationURL + `/v1/338667m0
D/seed         the vendor's v1 page "Utilizing The E-pass, Lounge", the only one that was read from beginning to end
S              second-hand: a public "DragonPass API Integration Playground", modelled on the vendor's own OpenAPI files
C              the code of a real client of the vendor
A-001          an assumption: nothing was found. openapi/assumptions.yaml says what is assumed, and how to ask the vendor
contract       the OpenAPI document of the version, such as openapi/dragonpass-v1.yaml
test venue     a resource of the hub A99999, which misbehaves on purpose; the README lists them`

// The sources that are no single page or assumption.
const (
	SeedPage   = "D/seed"
	Playground = "S: the integration playground"
	TestVenue  = "test venue" // its resource id follows
)

// SourceURL returns the address of the page that a mark such as "D/v1/338667m0" names; empty for any other mark.
func SourceURL(source string) string {
	page, ok := strings.CutPrefix(source, "D/")
	if !ok || source == SeedPage {
		return ""
	}
	return DocumentationURL + "/" + page
}

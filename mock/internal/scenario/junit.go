package scenario

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The elements of a JUnit report, as CI systems read it.
type (
	junitReport struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Skipped  int          `xml:"skipped,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		File     string      `xml:"file,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name       string        `xml:"name,attr"`
		Class      string        `xml:"classname,attr"`
		File       string        `xml:"file,attr"`
		Line       int           `xml:"line,attr,omitempty"`
		Time       string        `xml:"time,attr"`
		Properties *junitAsks    `xml:"properties"`
		Failure    *junitFailure `xml:"failure"`
		Skipped    *junitSkipped `xml:"skipped"`
	}
	junitAsks struct {
		Properties []junitProperty `xml:"property"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

// WriteJUnit writes a report as JUnit XML: a suite a file, a case a step.
func WriteJUnit(w io.Writer, r Report) error {
	report := junitReport{Name: "dragonmock play", Time: seconds(r.Duration)}
	for _, f := range r.Files {
		suite := junitSuiteOf(f)
		report.Tests += suite.Tests
		report.Failures += suite.Failures
		report.Skipped += suite.Skipped
		report.Suites = append(report.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitSuiteOf(f FileReport) junitSuite {
	suite := junitSuite{Name: f.Name, File: f.Path, Time: seconds(f.Duration)}
	if f.Reason != "" { // it did not come to its steps, or failed after them
		whole := junitCase{Name: f.Name, Class: f.Path, File: f.Path, Time: seconds(0)}
		if f.Outcome == Failed {
			whole.Failure = &junitFailure{Message: f.Reason}
			suite.Failures++
		} else {
			whole.Skipped = &junitSkipped{f.Reason}
			suite.Skipped++
		}
		suite.Cases = append(suite.Cases, whole)
	}
	for _, s := range f.Steps {
		c := junitCase{Name: s.Name, Class: f.Path, File: f.Path, Line: s.Line, Time: seconds(s.Duration)}
		switch problems := strings.Join(s.Problems, "\n"); s.Outcome {
		case Failed:
			var b strings.Builder
			Text{}.step(&b, f, s)
			c.Failure = &junitFailure{Message: problems, Text: b.String()}
			suite.Failures++
		case Skipped:
			c.Skipped = &junitSkipped{problems}
			suite.Skipped++
		}
		for _, number := range s.Asks {
			if c.Properties == nil {
				c.Properties = &junitAsks{}
			}
			c.Properties.Properties = append(c.Properties.Properties, junitProperty{"asks", number})
		}
		suite.Cases = append(suite.Cases, c)
	}
	suite.Tests = len(suite.Cases)
	return suite
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.6f", d.Seconds()) }

package option

// Option is one thing that a lifestyle resource offers. What it is, its resource's module says: of the three last members
// one counts.
type Option struct {
	OptionID  string `json:"optionId"`
	Name      string `json:"optionName"`
	AdultRate string `json:"adultRate"` // decimal text, in the currency of the resource
	ChildRate string `json:"childRate"`

	Package Package `json:"package,omitzero"`
	Visit   Visit   `json:"visit,omitzero"`
	Offer   Offer   `json:"offer,omitzero"`
}

// Package is a data package of an eSIM (D/3511084e0).
type Package struct {
	Days       int    `json:"duration"` // of 24 hours, from the first use of data
	DataMode   int    `json:"dataMode"`
	Bytes      int64  `json:"totalVolume"`
	DailyBytes int64  `json:"dailyLimit,omitzero"` // beyond it a day's data is slow, which is shown only; 0: there is no such limit
	Speed      string `json:"speed"`
	Notes      string `json:"notes,omitzero"`
	Effective  int    `json:"effectiveHours,omitzero"` // hours after it was bought from which the eSIM connects
}

// The data modes: the page shows 2 for a package with one volume in all; 1 is a guess.
const (
	DailyVolume = 1
	TotalVolume = 2
)

// Gigabyte is how the page counts: 30 GB are 32,212,254,720 bytes (D/3511084e0).
const Gigabyte int64 = 1 << 30

// Visit is a day pass of a fitness club, or a class of it.
type Visit struct {
	Type      int    `json:"optionType"`
	DayOfWeek int    `json:"dayOfWeek,omitzero"` // of a class: 1 Monday to 7 Sunday
	Start     string `json:"startTime,omitzero"` // of a class: "18:30", local time
	End       string `json:"endTime,omitzero"`
	Places    int    `json:"places,omitzero"` // persons a class, or a day; 0: without a bound
	Day       string `json:"day,omitzero"`    // of a class that is booked: "2025-10-06"
}

// The types of a visit (S).
const (
	DayPass = 1
	Class   = 2
)

// Offer is a local offer. It says how long its voucher is good in one of three ways (S).
type Offer struct {
	MarketingTag int      `json:"marketingTag"` // 1 buy X get Y, 2 discount, 3 value off, 4 set meal (S)
	Validity     Validity `json:"validity"`
}

// Validity is how long the voucher of an offer is good.
type Validity struct {
	Type      int    `json:"type"`
	StartDate string `json:"startDate,omitzero"` // of a fixed range: the first local day, "2025-10-01"
	EndDate   string `json:"endDate,omitzero"`   // and the last one, to its end
	Value     int    `json:"value,omitzero"`     // so many units from when it is bought; of a dynamic one the merchant's word
	Unit      string `json:"unit,omitzero"`      // DAY, MONTH or YEAR
}

// The types of validity; the numbers are a guess.
const (
	Fixed    = 1
	Relative = 2
	Dynamic  = 3
)

// Coverage is where the packages of an eSIM connect (D/3511084e0).
type Coverage struct {
	Type    int      `json:"type"`    // 1 a country; 2 several, a guess
	Regions []string `json:"regions"` // ISO 3166-1 alpha-2
	RawText string   `json:"rawText"`
}

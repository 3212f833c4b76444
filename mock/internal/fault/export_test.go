package fault

// LogNormal and MaxSpread are for tests alone.
var (
	LogNormal = logNormal
	MaxSpread = maxSpread
)

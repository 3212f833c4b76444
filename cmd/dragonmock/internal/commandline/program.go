package commandline

// Program is a program of several commands.
type Program struct {
	Name    string
	About   string // a sentence
	Version string
	// Prefix begins the names of the environment variables. Each flag has one: the prefix, _ and the flag's name in
	// capitals. The flag wins.
	Prefix string
	// Guards are variables, without their prefix, that are refused when they are empty. Others are then as good as not set.
	Guards []string
	// Commands are what it does. The first is meant when none is named.
	Commands []Command
}

// Command is one thing that a program does.
type Command struct {
	Name string
	Help string // a sentence
	Do   Doer   // a pointer to a struct: see the package
}

// Doer does what a command line asks for, when the fields of its struct are set.
type Doer interface {
	Run(line *Line) error
}

// Line is a command line that can be carried out.
type Line struct {
	Command Command
	// Text is to be printed instead of anything else, when it is not empty: the help, or the version.
	Text string
	// Doubts are what is not wrong enough to refuse the line, each in words.
	Doubts []string

	typed map[string]bool // flags that stand on it
}

// Typed says whether a flag stands on the command line, rather than in the environment.
func (l *Line) Typed(name string) bool { return l.typed[name] }

package mock

// Version is the version of dragonmock.
const Version = "0.1.0"

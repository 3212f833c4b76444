package mock_test

type obj = map[string]any

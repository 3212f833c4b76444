package dragonpass

// Code is the symbol of a refusal. openapi/errors.yaml gives each its HTTP status and its dotted number.
type Code string

// The symbols of the error catalogue.
const (
	TokenMissing          Code = "TOKEN_MISSING"
	TokenInvalid          Code = "TOKEN_INVALID"
	TokenExpired          Code = "TOKEN_EXPIRED"
	CredentialsInvalid    Code = "CREDENTIALS_INVALID"
	ProgramNotAllowed     Code = "PROGRAM_NOT_ALLOWED"
	OperationNotPermitted Code = "OPERATION_NOT_PERMITTED"
	LanguageNotAllowed    Code = "LANGUAGE_NOT_ALLOWED"

	InvalidRequest       Code = "INVALID_REQUEST"
	MalformedJSON        Code = "MALFORMED_JSON"
	ModuleMismatch       Code = "MODULE_MISMATCH"
	FiltersConflict      Code = "FILTERS_CONFLICT"
	RouteNotFound        Code = "ROUTE_NOT_FOUND"
	MethodNotAllowed     Code = "METHOD_NOT_ALLOWED"
	RequestIDReused      Code = "REQUEST_ID_REUSED"
	BodyTooLarge         Code = "BODY_TOO_LARGE"
	UnsupportedMediaType Code = "UNSUPPORTED_MEDIA_TYPE"
	RateLimited          Code = "RATE_LIMITED"

	EPassNotFound          Code = "EPASS_NOT_FOUND"
	EPassNotActive         Code = "EPASS_NOT_ACTIVE"
	EPassExpired           Code = "EPASS_EXPIRED"
	EPassCancelled         Code = "EPASS_CANCELLED"
	EPassUsagesExhausted   Code = "EPASS_USAGES_EXHAUSTED"
	EPassOutOfScope        Code = "EPASS_OUT_OF_SCOPE"
	EPassInUse             Code = "EPASS_IN_USE"
	ClientUserNameMismatch Code = "CLIENT_USER_NAME_MISMATCH"
	ActivationInPast       Code = "ACTIVATION_IN_PAST"
	ExpirationInvalid      Code = "EXPIRATION_INVALID"

	MembershipNotFound          Code = "MEMBERSHIP_NOT_FOUND"
	MembershipNotActive         Code = "MEMBERSHIP_NOT_ACTIVE"
	MembershipTransitionRefused Code = "MEMBERSHIP_TRANSITION_REFUSED"
	EntitlementsExhausted       Code = "ENTITLEMENTS_EXHAUSTED"
	GuestsExceeded              Code = "GUESTS_EXCEEDED"
	EntitlementsMismatch        Code = "ENTITLEMENTS_MISMATCH"
	QRCodeExpired               Code = "QR_CODE_EXPIRED"

	UserNotFound Code = "USER_NOT_FOUND"
	UserExists   Code = "USER_EXISTS"
	UserInUse    Code = "USER_IN_USE"

	TransportHubNotFound   Code = "TRANSPORT_HUB_NOT_FOUND"
	ResourceNotFound       Code = "RESOURCE_NOT_FOUND"
	OptionNotFound         Code = "OPTION_NOT_FOUND"
	PrebookingNotSupported Code = "PREBOOKING_NOT_SUPPORTED"
	WalkInNotSupported     Code = "WALK_IN_NOT_SUPPORTED"

	PrebookingDateInvalid   Code = "PREBOOKING_DATE_INVALID"
	PassengersInvalid       Code = "PASSENGERS_INVALID"
	PassengerInfoRequired   Code = "PASSENGER_INFO_REQUIRED"
	PrebookingTokenInvalid  Code = "PREBOOKING_TOKEN_INVALID"
	PrebookingTokenExpired  Code = "PREBOOKING_TOKEN_EXPIRED"
	PrebookingTokenUsed     Code = "PREBOOKING_TOKEN_USED"
	PrebookingTokenMismatch Code = "PREBOOKING_TOKEN_MISMATCH"
	SlotUnavailable         Code = "SLOT_UNAVAILABLE"

	OrderNotFound            Code = "ORDER_NOT_FOUND"
	OrderNotCancellable      Code = "ORDER_NOT_CANCELLABLE"
	CancellationWindowClosed Code = "CANCELLATION_WINDOW_CLOSED"
	OrderAlreadyCancelled    Code = "ORDER_ALREADY_CANCELLED"
	OrderAlreadyUsed         Code = "ORDER_ALREADY_USED"
	RedemptionWindowClosed   Code = "REDEMPTION_WINDOW_CLOSED"
	VoucherInvalid           Code = "VOUCHER_INVALID"
	PrebookingFailed         Code = "PREBOOKING_FAILED"

	InternalError      Code = "INTERNAL_ERROR"
	ServiceUnavailable Code = "SERVICE_UNAVAILABLE"

	// The control plane's own; the vendor does not have them.
	OriginNotAllowed   Code = "ORIGIN_NOT_ALLOWED"
	HostNotAllowed     Code = "HOST_NOT_ALLOWED"
	WorldNotFound      Code = "WORLD_NOT_FOUND"
	WorldEnded         Code = "WORLD_ENDED"
	WorldsExhausted    Code = "WORLDS_EXHAUSTED"
	ValueNotFound      Code = "VALUE_NOT_FOUND"
	CheckpointNotFound Code = "CHECKPOINT_NOT_FOUND"
	EventNotFound      Code = "EVENT_NOT_FOUND"
)

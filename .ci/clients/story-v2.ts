// Plays the lounge story of v2 through the types that openapi-typescript makes of the v2 document:
//
//	node story-v2.js http://localhost:8080/api/v2
//
// The server has the stage vendor-lounge-example. .ci/types compiles it.
import createClient from "openapi-fetch";
import { CancellationStatus, Module, ModuleName, type components, type paths } from "./dragonpass-v2.js";

declare const process: { argv: string[] };

// What must not compile.
// @ts-expect-error the scope of v1
export const notAScope: components["schemas"]["AllowedResources"] = { resourceId: ["N00001"] };

const client = createClient<paths>({ baseUrl: process.argv[2]! });

// got is the data of a success; a refusal ends the story.
function got<T>(answer: { data?: { data: T }; error?: components["schemas"]["Failure"] }): T {
  if (answer.error !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data.data;
}

function expect(holds: boolean, what: string, value: unknown): void {
  if (!holds) throw new Error(`expected ${what}, got ${JSON.stringify(value)}`);
}

function refusal(answer: { response: Response }): string | null {
  return answer.response.headers.get("X-Mock-Error");
}

const access = got(await client.POST("/auth/token", { body: { clientId: "DragonPass", secret: "dpSecretKey12345" } }));
client.use({
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${access.accessToken}`);
    return request;
  },
});

const near = got(
  await client.GET("/resources", { params: { query: { latitude: 53.467, longitude: -2.233, radius: 15, module: [Module.Lounge] } } }),
);
expect(near.resources.transportHubResources.some((r) => r.resourceId === "N00001"), "N00001 near Manchester", near);

const issue = (activationDate: string) =>
  client.POST("/orders/{module}/ePasses", {
    params: { path: { module: ModuleName.Lounges } },
    body: {
      module: Module.Lounge,
      clientUserId: "story",
      extra: {
        firstName: "Ada", lastName: "Lovelace", activationDate, expirationDate: "2028-12-31T23:59:59+00:00", availableUsages: 2,
        allowedResources: { resourceIds: ["N00001"] },
      },
    },
  });
expect(refusal(await issue("2024-12-30T23:59:59+00:00")) === "ACTIVATION_IN_PAST", "a refusal", null);
const issued = got(await issue("2024-12-31T00:00:00+00:00"));
expect(issued.extra.allowedResources.resourceIds[0] === "N00001", "the scope back", issued);
const ePassId = issued.extra.ePassId;

const place = got(
  await client.POST("/resources/prebookings/availability", {
    body: { ePassId, module: Module.Lounge, resourceId: "N00001", prebookingDate: "2025-10-01T10:30", adultCount: 1, childCount: 1 },
  }),
);
if (!place.available || place.prebookingToken === undefined) throw new Error("expected a place");
const booked = got(
  await client.POST("/orders/lounges/ePasses/prebooking", {
    body: {
      module: Module.Lounge,
      ePassId,
      extra: {
        prebookingToken: place.prebookingToken,
        prebookingRequiredInfo: {
          firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", phoneNumber: "8081966002", callingCode: "44", transportNumber: "EK001",
        },
      },
    },
  }),
);
expect(booked.extra.clientUserId === "story", "the user of the pass", booked);
const user = got(await client.POST("/users/search", { body: { clientUserId: "story" } }));
expect(user.firstName === "Ada", "the user that the pass made", user);

const cancel = { status: CancellationStatus.Cancel, orderId: booked.orderId };
got(await client.PATCH("/orders", { body: cancel }));
expect(refusal(await client.PATCH("/orders", { body: cancel })) === "ORDER_ALREADY_CANCELLED", "a refusal", null);
console.log("the lounge story holds");

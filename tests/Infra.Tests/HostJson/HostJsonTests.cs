using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Infra.HostJson;

public sealed class HostJsonTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "HostJson", "host.schema.json"));

    [Theory]
    [InlineData("host.json")]
    [InlineData("host.scheduler.json")]
    public void It_says_only_what_the_host_and_the_durable_extension_know(string file) => Assert.Empty(Errors(Repository.Json(file)));

    [Theory]
    [InlineData("""{ "functionTimeout": "30 minutes" }""")]
    [InlineData("""{ "functionsTimeout": "00:30:00" }""")]
    [InlineData("""{ "extensions": { "durableTask": { "hubName": "x" } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "storageProvider": { "partitionsCount": 4 } } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "storageProvider": { "type": "azureManaged" } } } }""")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "api" } } }""")]
    public void A_slip_of_the_pen_is_noticed(string slip)
    {
        var host = Repository.Json("host.json");
        Merge(host.AsObject(), JsonNode.Parse(slip)!.AsObject());

        Assert.NotEmpty(Errors(host));
    }

    [Fact]
    public void The_backend_is_all_that_differs()
    {
        var (storage, scheduler) = (Repository.Json("host.json"), Repository.Json("host.scheduler.json"));

        Assert.False(JsonNode.DeepEquals(storage, scheduler));
        Durable(storage).Remove("storageProvider");
        Durable(scheduler).Remove("storageProvider");
        Assert.Equal(storage.ToJsonString(), scheduler.ToJsonString());
    }

    // The app promises that a restore ends two minutes after the service is healthy again: what a dead worker held is free after this time.
    [Fact]
    public void What_a_dead_worker_held_is_free_after_a_minute()
    {
        var provider = Durable(Repository.Json("host.json"))["storageProvider"]!;

        Assert.Equal("00:01:00", (string?)provider["controlQueueVisibilityTimeout"]);
        Assert.Equal("00:01:00", (string?)provider["workItemQueueVisibilityTimeout"]);
    }

    private static JsonObject Durable(JsonNode host) => host["extensions"]!["durableTask"]!.AsObject();

    private static List<string> Errors(JsonNode host)
    {
        var result = Schema.Evaluate(JsonSerializer.SerializeToElement(host), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : [.. result.Details!.Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Values)];
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (key, value) in changes)
        {
            if (target[key] is JsonObject inner && value is JsonObject change)
            {
                Merge(inner, change);
            }
            else
            {
                target[key] = value!.DeepClone();
            }
        }
    }
}

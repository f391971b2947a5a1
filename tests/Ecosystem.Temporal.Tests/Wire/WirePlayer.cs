using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>How playing a scenario ended; without differences it was the same.</summary>
internal sealed record WireOutcome(WireScenario Scenario, IReadOnlyList<string> Differences, int UnknownFields)
{
    public bool Same => Differences.Count == 0;

    public override string ToString() =>
        Same ? $"ok    {Scenario.Name}" : $"DIFF  {Scenario.Name}\n        " + string.Join("\n        ", Differences.Take(6));
}

/// <summary>Plays recorded conversations against a service and compares every answer.</summary>
internal sealed class WirePlayer(string address) : IDisposable
{
    private const int AtOnce = 24;
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(WireClient.Types));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithTypeRegistry(WireClient.Types).WithIgnoreUnknownFields(true));

    private readonly WireClient _client = new(address);

    public void Dispose() => _client.Dispose();

    /// <summary>Plays all, many at once; batch scenarios one after another.</summary>
    public async Task<IReadOnlyList<WireOutcome>> PlayAsync(IReadOnlyList<WireScenario> scenarios, Action<WireOutcome>? ended = null)
    {
        using var places = new SemaphoreSlim(AtOnce);
        using var alone = new SemaphoreSlim(1);
        return await Task.WhenAll(scenarios.Select(async scenario =>
        {
            var place = scenario.PlaysAlone ? alone : places;
            await place.WaitAsync();
            try
            {
                var outcome = await PlayAsync(scenario);
                ended?.Invoke(outcome);
                return outcome;
            }
            finally
            {
                place.Release();
            }
        }));
    }

    private async Task<WireOutcome> PlayAsync(WireScenario scenario)
    {
        var values = new WireValues(Guid.NewGuid().ToString("N")[..10]);
        var open = new Dictionary<string, (MethodDescriptor Method, Task<JsonObject> Answer)>(StringComparer.Ordinal);
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            try
            {
                var differences = await PlayAsync(scenario.Steps[i], values, open);
                if (differences.Count > 0)
                {
                    var call = (string?)scenario.Steps[i]["call"] ?? "end of " + (string?)scenario.Steps[i]["end"];
                    return new WireOutcome(scenario, [.. differences.Select(difference => $"step {i} {call}{difference}")], values.UnknownFields);
                }
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException or FormatException)
            {
                return new WireOutcome(scenario, [$"step {i}: {e.Message}"], values.UnknownFields);
            }
        }

        return new WireOutcome(scenario, [], values.UnknownFields);
    }

    private async Task<IReadOnlyList<string>> PlayAsync(
        JsonObject step, WireValues values, Dictionary<string, (MethodDescriptor Method, Task<JsonObject> Answer)> open)
    {
        if (step["sleep"] is { } pause)
        {
            await Task.Delay(Seconds(pause));
        }

        if ((string?)step["end"] is { } ended)
        {
            var (endedMethod, answer) = open[ended];
            return Compare(step, await answer, endedMethod, values);
        }

        if ((string?)step["call"] is not { } call)
        {
            return [];
        }

        var method = WireClient.Method(call);
        var deadline = step["deadline"] is { } given ? Seconds(given) : DefaultDeadline;
        var request = Parser.Parse(values.Fill(step["request"] ?? new JsonObject())!.ToJsonString(), method.InputType);
        if ((string?)step["begin"] is { } name)
        {
            open[name] = (method, AskAsync(method, request, deadline));
            await Task.Delay(150);
            return [];
        }

        var differences = Compare(step, await AskAsync(method, request, deadline), method, values);
        for (var patience = 100; differences.Count > 0 && (bool?)step["until"] == true && patience > 0; patience--)
        {
            await Task.Delay(100);
            differences = Compare(step, await AskAsync(method, request, deadline), method, values);
        }

        return differences;
    }

    private static IReadOnlyList<string> Compare(JsonObject step, JsonObject answer, MethodDescriptor method, WireValues values)
    {
        var expected = new JsonObject();
        foreach (var kind in (string[])["response", "error"])
        {
            if (step[kind] is { } recorded)
            {
                expected[kind] = recorded.DeepClone();
            }
        }

        return expected["response"] is { } response && answer["response"] is { } actual
            ? values.Compare(response, actual, method.OutputType)
            : values.Compare(expected, answer, null);
    }

    private async Task<JsonObject> AskAsync(MethodDescriptor method, IMessage request, TimeSpan deadline)
    {
        try
        {
            var answer = await _client.CallAsync(method, request, deadline);
            return new JsonObject { ["response"] = JsonNode.Parse(Formatter.Format(answer)) };
        }
        catch (RpcException e)
        {
            return new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["code"] = CodeName(e.StatusCode),
                    ["message"] = e.Status.Detail,
                    ["details"] = Details(e.Trailers.GetValueBytes("grpc-status-details-bin")),
                },
            };
        }
    }

    /// <summary>The details of a google.rpc.Status: its third field, repeated Any.</summary>
    private static JsonArray Details(byte[]? status)
    {
        var details = new JsonArray();
        if (status is null)
        {
            return details;
        }

        var input = new CodedInputStream(status);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) != 3)
            {
                input.SkipLastField();
                continue;
            }

            var any = Any.Parser.ParseFrom(input.ReadBytes());
            var type = WireClient.Types.Find(Any.GetTypeName(any.TypeUrl));
            var detail = new JsonObject { ["@type"] = Any.GetTypeName(any.TypeUrl) };
            if (type is not null)
            {
                foreach (var (key, value) in JsonNode.Parse(Formatter.Format(type.Parser.ParseFrom(any.Value)))!.AsObject())
                {
                    detail[key] = value?.DeepClone();
                }
            }

            details.Add(detail);
        }

        return details;
    }

    private static string CodeName(StatusCode code) => string.Concat(
        code.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? "_" + c : c.ToString())).ToUpperInvariant() switch
    {
        "CANCELLED" => "CANCELED",
        var name => name,
    };

    private static TimeSpan Seconds(JsonNode text) =>
        TimeSpan.FromSeconds(double.Parse(((string)text!).TrimEnd('s'), CultureInfo.InvariantCulture));
}

using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Writes what a headless run did as JSON.</summary>
internal static class HeadlessReport
{
    internal static JsonObject Write(HeadlessRun run, ProcessEngine engine)
    {
        var journal = new JsonArray();
        foreach (var entry in engine.Journal.Where(entry => entry.Status != "Waiting"))
        {
            journal.Add(new JsonObject
            {
                ["activity"] = entry.ActivityId,
                ["name"] = entry.Name,
                ["type"] = entry.Type,
                ["status"] = entry.Status,
                ["outcome"] = entry.Outcome,
                ["at"] = Values.Text(entry.At),
            });
        }

        foreach (var request in engine.Requests)
        {
            journal.Add(new JsonObject
            {
                ["activity"] = request.Instance.Node.Id,
                ["name"] = request.Instance.Node.Title,
                ["type"] = request.Instance.Node.Type,
                ["status"] = "Waiting",
                ["outcome"] = null,
                ["at"] = Values.Text(run.Now),
            });
        }

        return new JsonObject
        {
            ["status"] = engine.Status == ProcessStatus.Running ? "Suspended" : engine.Status.ToString(),
            ["outcome"] = engine.Outcomes.Count == 0 ? null : string.Join(", ", engine.Outcomes),
            ["output"] = Values.ToJson(engine.Output),
            ["lines"] = new JsonArray([.. run.Lines.Select(line => (JsonNode)line)]),
            ["journal"] = journal,
            ["incidents"] = new JsonArray([.. run.Processes.SelectMany(process => process.Engine.Incidents).Select(incident => new JsonObject
            {
                ["activity"] = incident.ActivityId,
                ["name"] = incident.Name,
                ["type"] = incident.Type,
                ["message"] = incident.Message,
                ["at"] = Values.Text(incident.At),
            })]),
            ["waitingFor"] = new JsonArray([.. engine.Requests.Select(request => new JsonObject
            {
                ["activity"] = request.Instance.Node.Id,
                ["name"] = request.Instance.Node.Title,
                ["kind"] = request.Kind.ToString(),
                ["what"] = request.Name,
            })]),
            ["name"] = engine.Name,
            ["correlationId"] = engine.CorrelationId,
            ["stage"] = engine.Stage,
            ["endedAt"] = Values.Text(run.Now),
        };
    }
}

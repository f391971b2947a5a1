using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Tests.Definitions;

/// <summary>Runs a <c>definitions</c> command as the command line does.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    internal JsonObject Json => (JsonObject)JsonNode.Parse(Output)!;

    internal string Status => (string)Json["status"]!;

    internal string[] Lines => [.. Json["lines"]!.AsArray().Select(line => (string)line!)];

    internal static async Task<CommandRun> Of(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await DefinitionCommands.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}

using Ecosystem.Designer.Hosting;

namespace Ecosystem.Designer.Tests.Hosting;

/// <summary>Documents that cannot be used stop the start with one message that names the place, before anything of them is taken in.</summary>
public sealed class BadDocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecosystem-documents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_RulesetThatDoesNotParse_NamesFileAndPlace()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "broken.yaml"), "name: broken\nsections: [", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<StartupException>(() => StartAsync("Ecosystem:RulesetsFolder"));
        Assert.StartsWith("The rulesets cannot be used:", error.Message, StringComparison.Ordinal);
        Assert.Contains("broken.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DefinitionThatIsNoDefinition_NamesFolderAndFault()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "broken.json"), """{"definitionId":"broken","name":"Broken"}""", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<StartupException>(() => StartAsync("Ecosystem:WorkflowDefinitions"));
        Assert.StartsWith($"The workflow definitions in {_folder} cannot be used:", error.Message, StringComparison.Ordinal);
        Assert.Contains("'root'", error.Message, StringComparison.Ordinal);
    }

    private Task<EcosystemHost> StartAsync(string setting) =>
        EcosystemHost.BuildAsync(["--data", Path.Combine(_folder, "data"), "--urls", "http://127.0.0.1:0"], new Dictionary<string, string?> { [setting] = _folder });
}

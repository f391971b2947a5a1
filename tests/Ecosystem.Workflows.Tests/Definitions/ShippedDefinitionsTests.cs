namespace Ecosystem.Workflows.Tests.Definitions;

public sealed class ShippedDefinitionsTests
{
    internal static string Folder
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, "workflow-definitions");
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }

            throw new DirectoryNotFoundException("workflow-definitions");
        }
    }

    [Fact]
    public async Task Check_AllTogether_AreAccepted()
    {
        var run = await CommandRun.Of(["check", .. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)]);

        Assert.DoesNotContain(run.Output.Split('\n'), line => line.Contains(" error ", StringComparison.Ordinal) && !line.Contains("Ecosystem.RecordPayee", StringComparison.Ordinal));
    }
}

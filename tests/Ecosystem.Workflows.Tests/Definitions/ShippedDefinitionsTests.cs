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

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.DoesNotContain("warning", run.Output, StringComparison.Ordinal);
    }
}

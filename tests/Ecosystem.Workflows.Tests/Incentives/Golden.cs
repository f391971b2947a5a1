using System.Runtime.CompilerServices;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>Compares a text with the file that is checked in beside the tests. To write the files anew, set ECOSYSTEM_WRITE_GOLDEN and look at the difference.</summary>
internal static class Golden
{
    public static bool Writing => Environment.GetEnvironmentVariable("ECOSYSTEM_WRITE_GOLDEN") is { Length: > 0 };

    public static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);

    public static void Check(string name, string actual)
    {
        var path = PathOf(name);
        if (Writing)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}

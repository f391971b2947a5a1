using System.Diagnostics;
using System.Text.Json;

namespace Ecosystem.Benchmarks.Rules;

/// <summary>Runs GoRules' Zen engine (npm, in bench/zen) on the table of the suite in a Node process.</summary>
internal static class ZenEngine
{
    /// <summary>Its evaluations per second, one at a time; null when Node or the package is not there.</summary>
    public static async Task<(string Version, double PerSecond)?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (Folder() is not { } folder)
        {
            return null;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", "tables.mjs") { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            string text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                return null;
            }

            JsonElement result = JsonElement.Parse(text);
            return (result.GetProperty("version").GetString()!, result.GetProperty("perSecond").GetDouble());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? Folder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string zen = Path.Combine(at.FullName, "bench", "zen");
            if (Directory.Exists(Path.Combine(zen, "node_modules")))
            {
                return zen;
            }
        }

        return null;
    }
}

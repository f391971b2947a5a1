using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>Runs CLIPS (Debian package <c>clips</c>) on the same rules and facts.</summary>
internal static partial class Clips
{
    /// <summary>Best milliseconds of some runs and the program's result; null if CLIPS is not installed.</summary>
    public static (double Milliseconds, int Result)? Run(string program, int rounds)
    {
        var file = Path.Combine(Path.GetTempPath(), $"bench-{Guid.NewGuid():N}.clp");
        try
        {
            // CLIPS does not run a last line that has no end.
            File.WriteAllText(file, program + "\n");
            var best = double.MaxValue;
            var result = 0;
            for (var i = 0; i < rounds; i++)
            {
                using var process = Process.Start(new ProcessStartInfo("clips", ["-f2", file]) { RedirectStandardOutput = true })!;
                var match = Result().Match(process.StandardOutput.ReadToEnd());
                process.WaitForExit();
                if (!match.Success)
                {
                    throw new InvalidOperationException("CLIPS did not finish the program.");
                }

                best = Math.Min(best, double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1000);
                result = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            }

            return (best, result);
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"seconds=(\S+) result=(\d+)")]
    private static partial Regex Result();
}

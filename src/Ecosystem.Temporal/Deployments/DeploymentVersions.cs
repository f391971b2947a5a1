using Temporalio.Api.Deployment.V1;

namespace Ecosystem.Temporal.Deployments;

/// <summary>The ways in which versions of deployments are written.</summary>
internal static class DeploymentVersions
{
    /// <summary>Stands for workers without a version where a version is asked for.</summary>
    public const string Unversioned = "__unversioned__";

    private const char Separator = '.';

    /// <summary><c>deployment.build</c>.</summary>
    public static string Text(string deployment, string build) => deployment + Separator + build;

    /// <summary><c>deployment.build</c>; empty for none.</summary>
    public static string Text(WorkerDeploymentVersion? version) => version is null ? "" : Text(version.DeploymentName, version.BuildId);

    /// <summary><c>deployment:build</c>, as search attributes have it.</summary>
    public static string Attribute(WorkerDeploymentVersion version) => $"{version.DeploymentName}:{version.BuildId}";

    /// <summary>The version that a text names; null if it names none.</summary>
    public static WorkerDeploymentVersion? Parse(string text)
    {
        var separator = text.IndexOf(Separator, StringComparison.Ordinal);
        return separator < 0 ? null : new WorkerDeploymentVersion { DeploymentName = text[..separator], BuildId = text[(separator + 1)..] };
    }

    /// <summary>The version whose tasks a worker takes; empty if it has none.</summary>
    public static string Of(WorkerDeploymentOptions? options) => options is { WorkerVersioningMode: WorkerVersioningMode.Versioned }
        ? Text(options.DeploymentName, options.BuildId)
        : "";

    /// <summary>Refuses options of a versioned worker that do not name its version.</summary>
    public static void Check(WorkerDeploymentOptions? options)
    {
        if (options is not { WorkerVersioningMode: WorkerVersioningMode.Versioned })
        {
            return;
        }

        if (options.DeploymentName.Length == 0 || options.BuildId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("Both deployment name and build id must be set when versioning is enabled.");
        }

        CheckName("WorkerDeploymentName", options.DeploymentName);
        CheckName("BuildID", options.BuildId);
    }

    /// <summary>Refuses names that no deployment or build can have.</summary>
    public static void CheckName(string field, string name)
    {
        const string nameField = "WorkerDeploymentName";
        const int longest = (Limits.IdLength - 40) / 2;
        if (name.Length == 0)
        {
            throw RpcErrors.InvalidArgument($"{field} cannot be empty");
        }

        if (name.Length > longest)
        {
            throw RpcErrors.InvalidArgument($"size of {field} larger than the maximum allowed");
        }

        if (field == nameField && name.Contains(Separator, StringComparison.Ordinal))
        {
            throw RpcErrors.InvalidArgument("worker deployment name cannot contain '.'");
        }

        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            throw RpcErrors.InvalidArgument($"{field} cannot start with '__'");
        }
    }
}

namespace RealClients.Harness;

/// <summary>What these tests need besides .NET and Node: Debian's OpenStack (python3-keystone, python3-openstackclient, python3-cinderclient,
/// python3-openstacksdk, python3-cinder).</summary>
internal static class Software
{
    public const string Python = "/usr/bin/python3";
    public const string OpenStack = "/usr/bin/openstack";
    public const string Cinder = "/usr/bin/cinder";
    public const string KeystoneManage = "/usr/bin/keystone-manage";

    private static readonly string[] Needed =
        [Python, OpenStack, Cinder, KeystoneManage, "/usr/lib/python3/dist-packages/cinder", "/usr/lib/python3/dist-packages/openstack"];

    /// <summary>Why the tests cannot run here; null when they can.</summary>
    public static string? Missing() =>
        EndToEnd.Harness.Programs.Service is null ? "No service runs by itself in this configuration."
        : Needed.FirstOrDefault(path => !Path.Exists(path)) is { } path ? $"{path} is not installed: see .ci/run for the packages."
        : null;
}

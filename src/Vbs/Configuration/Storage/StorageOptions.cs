namespace Vbs.Configuration;

/// <summary>Where the data is: section <c>Vbs:Storage</c>. Either the two URIs (with the host's identity) or, for the emulator only, a connection string.</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vbs:Storage";

    // Naming and referencing containers (Azure Blob Storage), Understanding the table service data model (Azure Tables).
    private const string ContainerName = @"^(?=.{3,63}\z)[a-z0-9]+(?:-[a-z0-9]+)*\z";
    private const string ContainerRule = "3 to 63 lower-case letters, digits and single dashes.";
    private const string TableName = @"^[A-Za-z][A-Za-z0-9]{2,62}\z";

    /// <summary>Blob service of the data account, such as <c>https://account.blob.core.windows.net</c>.</summary>
    public Uri? BlobUri { get; set; }

    /// <summary>Table service of the data account, such as <c>https://account.table.core.windows.net</c>.</summary>
    public Uri? TableUri { get; set; }

    /// <summary>Client id of the user-assigned identity; null for the default credential.</summary>
    public string? ClientId { get; set; }

    /// <summary>For the emulator only: <c>UseDevelopmentStorage=true</c> or one whose endpoints are on loopback.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Container of the backups' objects. Default <c>backups</c>.</summary>
    [Name(Section, ContainerName, ContainerRule)]
    public string BackupContainer { get; set; } = "backups";

    /// <summary>Container of the volumes. Default <c>volumes</c>.</summary>
    [Name(Section, ContainerName, ContainerRule)]
    public string VolumeContainer { get; set; } = "volumes";

    /// <summary>Container of plans and digest indexes. Default <c>restores</c>.</summary>
    [Name(Section, ContainerName, ContainerRule)]
    public string RestoreContainer { get; set; } = "restores";

    /// <summary>Table of backups, volumes and restores. Default <c>catalog</c>.</summary>
    [Name(Section, TableName, "a letter, then 2 to 62 letters and digits.")]
    public string CatalogTable { get; set; } = "catalog";
}

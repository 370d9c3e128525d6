//! Answers in the shapes the reference records, replayed with values of our own.

use traghetto::provision::{Part, Provisioner as _, Standing};
use traghetto::trouble::Kind;

use crate::{anna, with};

/// `getaccountproperties` as an older server laid it out: blank lines, mixed case, classes without a value.
const PROPERTIES: &str = r#"<iq type="result" sid="201604181336290003">
  <query xmlns="admin:iq:rpc">
    <result>
      <item>
        <apiproperty>
          <propname>U_Mailbox</propname>

        </apiproperty>
        <propertyval>
          <classname>TPropertyString</classname>
          <val>anna</val>

        </propertyval>
        <propertyright>2</propertyright>

      </item>
      <item>
        <apiproperty>
          <propname>A_Name</propname>

        </apiproperty>
        <propertyval>
          <classname>TAccountName</classname>
          <name>Anna De</name>
          <surname>Rossi</surname>

        </propertyval>
        <propertyright>2</propertyright>

      </item>
      <item>
        <apiproperty>
          <propname>A_Quota</propname>

        </apiproperty>
        <propertyval>
          <classname>TAccountQuota</classname>
          <mailboxsize>934</mailboxsize>
          <mailboxquota>0</mailboxquota>

        </propertyval>
        <propertyright>2</propertyright>

      </item>
      <item>
        <apiproperty>
          <propname>A_Image</propname>

        </apiproperty>
        <propertyval>
          <classname>TPropertyNoValue</classname>

        </propertyval>
        <propertyright>2</propertyright>

      </item>
      <item>
        <apiproperty>
          <propname>A_AliasList</propname>

        </apiproperty>
        <propertyval>
          <classname>TPropertyStringList</classname>
          <val>
            <item>anna</item>

          </val>

        </propertyval>
        <propertyright>2</propertyright>

      </item>
      <item>
        <apiproperty>
          <propname>A_State</propname>

        </apiproperty>
        <propertyval>
          <classname>TAccountState</classname>
          <state>1</state>

        </propertyval>
        <propertyright>2</propertyright>

      </item>
    </result>
  </query>
</iq>
"#;

#[tokio::test]
async fn an_account_in_the_recorded_shape_is_read() {
    let (_simulator, client) = with(|world| {
        world
            .canned
            .insert("getaccountproperties".into(), PROPERTIES.into());
    })
    .await;
    let Standing::Exists(found) = client.look(&anna()).await.unwrap() else {
        panic!()
    };
    let found: Vec<_> = found
        .iter()
        .map(|one| (one.what, one.found.as_str()))
        .collect();
    assert_eq!(
        found,
        [(Part::Alias, "anna"), (Part::Disabled, "a_state=1")]
    );
}

#[tokio::test]
async fn refusals_in_the_recorded_shapes_are_understood() {
    for (text, kind) in [
        (
            "<iq type=\"error\" sid=\"x\"><query xmlns=\"admin:iq:rpc\"><error uid=\"account_permission\"/></query></iq>",
            Kind::AdminRights,
        ),
        // Without the name space.
        (
            "<iq type=\"error\"><query><error uid=\"iq_root_tag_invalid\"/></query></iq>",
            Kind::AdminService,
        ),
        (
            "<iq type=\"result\" sid=\"x\"><query xmlns=\"admin:iq:rpc\"><result>0</result></query></iq>",
            Kind::AdminService,
        ),
    ] {
        let (_simulator, client) = with(|world| {
            world
                .canned
                .insert("getaccountproperties".into(), text.into());
        })
        .await;
        assert_eq!(client.look(&anna()).await.unwrap_err().kind, kind, "{text}");
    }
}

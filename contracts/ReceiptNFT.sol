// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title A receipt as a token that stays where it was issued
/// @notice The token id is the receipt's hash, so a receipt is issued at most once and nothing about a person is on chain.
/// It can be neither moved nor approved nor burned: a receipt tells what happened, and that does not change hands.
contract ReceiptNFT is ERC721, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    /// @dev The interface id of ERC-5192, by which wallets see that a token cannot be moved.
    bytes4 private constant ERC5192_INTERFACE_ID = 0xb45a3c0e;

    /// @notice ERC-5192: the token is bound for good.
    event Locked(uint256 tokenId);

    error ReceiptIsBound();

    constructor(address admin, address minter) ERC721("Causeway Receipt", "RECEIPT") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(MINTER_ROLE, minter);
    }

    /// @notice Issues the receipt to the payer. A second time for the same receipt is refused.
    /// @dev Not the "safe" mint: a payer's contract wallet must not be able to refuse, or to call back into, the issuing.
    function mint(address to, bytes32 receiptHash) external onlyRole(MINTER_ROLE) {
        _mint(to, uint256(receiptHash));
        emit Locked(uint256(receiptHash));
    }

    /// @notice ERC-5192: true for every receipt that exists.
    function locked(uint256 tokenId) external view returns (bool) {
        _requireOwned(tokenId);
        return true;
    }

    function approve(address, uint256) public pure override {
        revert ReceiptIsBound();
    }

    function setApprovalForAll(address, bool) public pure override {
        revert ReceiptIsBound();
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC721, AccessControl) returns (bool) {
        return interfaceId == ERC5192_INTERFACE_ID || super.supportsInterface(interfaceId);
    }

    /// @dev Every way a token comes, moves or goes ends here; a receipt that has an owner keeps it.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        if (_ownerOf(tokenId) != address(0)) revert ReceiptIsBound();
        return super._update(to, tokenId, auth);
    }
}
